import type { Pool } from "pg";
import { closePools, prismaFor, runtimePool, workerPool } from "@/lib/platform/databases";
import type { Prisma } from "@/lib/platform/prisma/client";
import type { Scope } from "../core/scope";

/** A transaction that sees one organization's rows, by row-level security. */
export type ScopedTx<S extends Scope = Scope> = {
  readonly db: Prisma.TransactionClient;
  readonly scope: S;
};

/** How long a transaction may take, unless it is one of the few that move thousands of rows. */
const USUAL_TIMEOUT_MS = 15_000;

/**
 * Runs work in one transaction narrowed to the scope's organization. Whatever it throws rolls the
 * transaction back; the setting ends with it, so a connection that goes back carries no scope. Work
 * on thousands of rows says how long it may take.
 */
export function inScope<S extends Scope, T>(
  scope: S,
  work: (tx: ScopedTx<S>) => Promise<T>,
  { timeoutMs = USUAL_TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Promise<T> {
  return inScopeOn(runtimePool(), scope, work, timeoutMs);
}

/** The same as the worker's role, for what it alone may write, whichever process asks. */
export function inWorkerScope<S extends Scope, T>(
  scope: S,
  work: (tx: ScopedTx<S>) => Promise<T>,
): Promise<T> {
  return inScopeOn(workerPool(), scope, work);
}

function inScopeOn<S extends Scope, T>(
  pool: Pool,
  scope: S,
  work: (tx: ScopedTx<S>) => Promise<T>,
  timeoutMs = USUAL_TIMEOUT_MS,
): Promise<T> {
  const { organizationId } = scope;
  return prismaFor(pool).$transaction(
    async (db) => {
      await db.$executeRaw`SELECT set_config('voltlet.organization_id', ${organizationId}, true)`;
      if (timeoutMs > USUAL_TIMEOUT_MS) {
        await db.$executeRaw`SELECT set_config('statement_timeout', ${String(timeoutMs)}, true)`;
      }
      return work({ db, scope });
    },
    { maxWait: 5_000, timeout: timeoutMs },
  );
}

/** The functions a scope may call: each sets the scope itself and is one transaction. */
export type ScopedFunction =
  | "arrears_charge"
  | "arrears_pay"
  | "arrears_write_off"
  | "console_frame"
  | "deposit_return"
  | "deposit_take"
  | "desk_count_drawer"
  | "desk_end"
  | "desk_move"
  | "desk_refund"
  | "desk_sell"
  | "desk_shift_close"
  | "desk_shift_open"
  | "ledger_close_month"
  | "ledger_reopen_month"
  | "ledger_verify_month"
  | "import_apply"
  | "import_undo"
  | "issue_reserve"
  | "issue_finish"
  | "issue_give_up"
  | "journal_look"
  | "meter_claim"
  | "meter_stay_end"
  | "meter_test_open"
  | "meter_test_answer"
  | "meter_test_end"
  | "purchase_open"
  | "purchase_requote"
  | "purchase_start_payment"
  | "purchase_close"
  | "payment_attempt_named"
  | "payment_case_decide"
  | "payment_case_open"
  | "payment_case_sell"
  | "payment_dispute_told"
  | "payment_record"
  | "vend_reserve"
  | "vend_finish"
  | "vend_give_up"
  | "payment_refunded"
  | "payment_returned"
  | "readings_ingest";

/**
 * Calls one hot-path function with one statement. Bigints travel as text, instants as ISO 8601 in
 * UTC. Gives the function's JSON answer as it is; the room that calls knows its shape.
 */
export async function callScoped(
  scope: Scope,
  name: ScopedFunction,
  args: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const answer = await runtimePool().query<{ answer: unknown }>({
    name,
    text: `SELECT ${name}($1::uuid, $2::jsonb) AS answer`,
    values: [scope.organizationId, JSON.stringify(args, bigintAsText)],
  });
  return answer.rows[0]?.answer;
}

/**
 * Calls it for many at once: one statement, one transaction, in the order given, and the answers in
 * that order. Where one call throws, none has happened.
 */
export async function callScopedMany(
  scope: Scope,
  name: ScopedFunction,
  many: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly unknown[]> {
  if (many.length === 0) return [];
  const answers = await runtimePool().query<{ answer: unknown }>({
    name: `${name} many`,
    text: `SELECT ${name}($1::uuid, p) AS answer FROM jsonb_array_elements($2::jsonb) p`,
    values: [scope.organizationId, JSON.stringify(many, bigintAsText)],
  });
  return answers.rows.map(({ answer }) => answer);
}

/** One call inside the caller's transaction, for what must stand or fall with other rows of it. */
export async function callScopedIn(
  tx: ScopedTx,
  name: ScopedFunction,
  args: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const text = `SELECT ${name}($1::uuid, $2::jsonb) AS answer`;
  const values = [tx.scope.organizationId, JSON.stringify(args, bigintAsText)];
  const rows = await tx.db.$queryRawUnsafe<{ answer: unknown }[]>(text, ...values);
  return rows[0]?.answer;
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

/** Ends this process's connections, for a process that is done. */
export function closeDatabases(): Promise<void> {
  return closePools();
}
