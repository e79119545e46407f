import { operatorPool, prismaFor } from "@/lib/platform/databases";
import type { SystemScope } from "../core/scope";
import type { ScopedTx } from "./in-scope";

/** What the operator's hand may do inside one transaction: as which role, and for whom. */
export type OperatorTx = {
  /** Asks global tables, as their owner; rows of organizations stay hidden from it. */
  readonly db: ScopedTx["db"];
  /** Works as the web does, within one organization: its name, its audit trail. */
  readonly within: <T>(
    scope: SystemScope,
    work: (tx: ScopedTx<SystemScope>) => Promise<T>,
  ) => Promise<T>;
  /** Calls a function that no process may call, as the narrow role it belongs to. */
  readonly decide: (scope: SystemScope, name: "meter_decide", args: object) => Promise<unknown>;
};

/**
 * Runs work as the owner of the database: for command lines of the operator's, never for a page. It
 * borrows the web's role and the functions' role for this transaction, and gives them back.
 */
export function inOperatorScope<T>(work: (tx: OperatorTx) => Promise<T>): Promise<T> {
  return prismaFor(operatorPool()).$transaction(
    async (db) => {
      const playing = async <R>(
        role: "web" | "vend",
        scope: SystemScope,
        act: () => Promise<R>,
      ) => {
        const { organizationId } = scope;
        await db.$executeRawUnsafe(`SET LOCAL ROLE voltlet_${role}`);
        await db.$executeRaw`SELECT set_config('voltlet.organization_id', ${organizationId}, true)`;
        const answer = await act();
        await db.$executeRaw`RESET ROLE`;
        return answer;
      };
      await db.$executeRaw`GRANT voltlet_web, voltlet_vend TO CURRENT_USER`;
      const answer = await work({
        db,
        within: (scope, inside) => playing("web", scope, () => inside({ db, scope })),
        decide: (scope, name, args) =>
          playing("vend", scope, async () => {
            const text = `SELECT ${name}($1::uuid, $2::jsonb) AS answer`;
            const values = [scope.organizationId, JSON.stringify(args)];
            const rows = await db.$queryRawUnsafe<{ answer: unknown }[]>(text, ...values);
            return rows[0]?.answer;
          }),
      });
      await db.$executeRaw`REVOKE voltlet_web, voltlet_vend FROM CURRENT_USER`;
      return answer;
    },
    { maxWait: 5_000, timeout: 15_000 },
  );
}
