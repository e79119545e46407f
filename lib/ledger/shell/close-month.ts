import { callScoped, callScopedIn, inScope, recordAudit } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { firstDayOf, isMonth } from "../core/month";
import type { CloseMonthError, OpenMoney, ReopenMonthError } from "../errors";

/** Closing looks at every transfer of an organization. */
const CLOSE_TIMEOUT_MS = 120_000;

type Answer = {
  readonly outcome: string;
  readonly open?: readonly (Omit<OpenMoney, "amountMinor"> & { readonly amountMinor: string })[];
  readonly hash?: string;
};

export type CloseMonth = {
  readonly month: string;
  /** True where money that has not come to rest was named, and is to be left open. */
  readonly leaveOpen: boolean;
  readonly now: Date;
};

const openOf = ({ open = [] }: Answer): readonly OpenMoney[] =>
  open.map((one) => ({ ...one, amountMinor: BigInt(one.amountMinor) }));

/**
 * Closes the month after the last closed one, or, first of all, any that is over: from then on
 * nothing of it is posted. Two at once close once. Gives what was left open.
 */
export function closeMonth(
  scope: OrgScope,
  { month, leaveOpen, now }: CloseMonth,
): Promise<Result<readonly OpenMoney[], CloseMonthError>> {
  assert(scope.buildingIds === null, "a month is closed by who sees the whole organization");
  assert(isMonth(month), "a month is closed by its name");
  const work = async (
    tx: Parameters<Parameters<typeof inScope<OrgScope, unknown>>[1]>[0],
  ): Promise<Result<readonly OpenMoney[], CloseMonthError>> => {
    const id = newId();
    const args = { id, by: scope.userId, month: firstDayOf(month), leaveOpen, now };
    const answer = (await callScopedIn(tx, "ledger_close_month", args)) as Answer;
    switch (answer.outcome) {
      case "closed": {
        const open = openOf(answer);
        await recordAudit(tx, {
          at: now,
          action: "ledger.closed",
          subjectKind: "ledger",
          subjectId: id,
          detail: {},
          after: { month, hash: answer.hash ?? "", ...leftOpenFacts(open) },
        });
        return ok(open);
      }
      case "not-settled":
        return err({ code: "not-settled", open: openOf(answer) });
      case "closed-already":
      case "not-the-next":
      case "not-over":
        return err({ code: answer.outcome });
      default:
        throw new Error(`a month was closed as ${answer.outcome}`);
    }
  };
  return inScope(scope, work, { timeoutMs: CLOSE_TIMEOUT_MS });
}

/** "suspense KES": what was left open, as the trail keeps it. */
function leftOpenFacts(open: readonly OpenMoney[]): Readonly<Record<string, string>> {
  if (open.length === 0) return {};
  const texts = open.map(
    ({ account, currency, amountMinor }) => `${account} ${currency} ${amountMinor}`,
  );
  return { leftOpen: texts.join(", ") };
}

/** Opens the last closed month again, for a reason that stays on record. */
export function reopenMonth(
  scope: OrgScope,
  asked: { readonly month: string; readonly reason: string; readonly now: Date },
): Promise<Result<void, ReopenMonthError>> {
  assert(scope.buildingIds === null, "a month is opened by who sees the whole organization");
  const { month, reason, now } = asked;
  return inScope(scope, async (tx): Promise<Result<void, ReopenMonthError>> => {
    if (reason.trim() === "") return err("no-reason");
    if (!isMonth(month)) return err("not-the-last");
    const args = { by: scope.userId, month: firstDayOf(month), reason, now };
    const answer = (await callScopedIn(tx, "ledger_reopen_month", args)) as Answer;
    if (answer.outcome !== "reopened") return err("not-the-last");
    await recordAudit(tx, {
      at: now,
      action: "ledger.reopened",
      subjectKind: "organization",
      subjectId: scope.organizationId,
      detail: {},
      after: { month, why: reason },
    });
    return ok(undefined);
  });
}

/** Whether a closed month still holds what it was closed with, byte for byte. */
export async function verifyMonth(
  scope: OrgScope,
  month: string,
): Promise<"unchanged" | "changed" | "not-closed"> {
  const args = { month: firstDayOf(month) };
  const { outcome } = (await callScoped(scope, "ledger_verify_month", args)) as Answer;
  assert(
    outcome === "unchanged" || outcome === "changed" || outcome === "not-closed",
    "a month is as it was, or not",
  );
  return outcome;
}
