import { z } from "zod";
import { callScopedIn, inScope, recordAudit, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import { findServedMeter } from "@/lib/property";
import type { CaseDecision } from "../core/case-decision";
import type { DecideCaseError } from "../errors";

export type CaseView = {
  readonly id: string;
  readonly kind: "unmatched" | "refund-by-hand";
  readonly openedAt: Date;
  /** Why it fits nothing, in one of our words; null for a refund. */
  readonly why: string | null;
  readonly askedMinor: bigint | null;
  readonly askedCurrency: string | null;
  readonly provider: string;
  readonly providerReference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly account: string | null;
  readonly payer: string | null;
  readonly receivedAt: Date;
  /** The purchase that it was for, or that is to be paid back. */
  readonly purchaseId: string | null;
};

const factsForm = z.object({
  why: z.string().nullable().default(null),
  purchaseId: z.string().nullable().default(null),
  askedMinor: z.string().regex(/^\d+$/).transform(BigInt).nullable().default(null),
  askedCurrency: z.string().nullable().default(null),
});

/** What waits for a person, the oldest first. */
export function listCases(
  scope: OrgScope,
  { take }: { readonly take: number },
): Promise<readonly CaseView[]> {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    const rows = await tx.db.paymentCase.findMany({
      where: { organizationId, state: "open" },
      select: {
        id: true,
        kind: true,
        openedAt: true,
        facts: true,
        payment: {
          select: {
            provider: true,
            providerReference: true,
            amountMinor: true,
            currency: true,
            account: true,
            payer: true,
            receivedAt: true,
            purchaseId: true,
          },
        },
      },
      orderBy: [{ openedAt: "asc" }, { id: "asc" }],
      take,
    });
    return rows.map(({ payment, facts, kind, ...row }) => {
      const told = factsForm.parse(facts);
      return {
        ...row,
        ...told,
        ...payment,
        kind: kind as CaseView["kind"],
        purchaseId: payment.purchaseId ?? told.purchaseId,
      };
    });
  });
}

const decidedForm = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("decided"), paymentId: z.string() }),
  z.object({ outcome: z.enum(["case-not-found", "already-decided", "not-possible"]) }),
  z.object({ outcome: z.literal("occupancy-not-found") }),
]);

/**
 * Decides what becomes of money that waits: for the wallet of the household behind a meter, back to
 * its payer, written down because it was never ours; or that it was paid back by hand. Once: of two
 * at the same time one decides.
 */
export function decideCase(
  scope: OrgScope,
  decided: {
    readonly caseId: string;
    readonly decision: CaseDecision;
    /** Whose wallet, by the meter's number. */
    readonly meterNumber?: string;
    readonly now: Date;
  },
): Promise<Result<null, DecideCaseError>> {
  const { caseId, decision, now } = decided;
  return inScope(scope, async (tx): Promise<Result<null, DecideCaseError>> => {
    if (!isId(caseId)) return err("case-not-found");
    const household = decision === "wallet" ? await findHousehold(tx, decided) : ok(null);
    if (!household.ok) return household;
    const answer = decidedForm.parse(
      await callScopedIn(tx, "payment_case_decide", {
        ...{ caseId, decision, now },
        ...household.value,
        decidedBy: scope.userId,
      }),
    );
    if (answer.outcome === "occupancy-not-found") return err("meter-not-found");
    if (answer.outcome !== "decided") return err(answer.outcome);
    await recordAudit(tx, {
      at: now,
      action: "payment.decided",
      subjectKind: "payment",
      subjectId: answer.paymentId,
      detail: { caseId },
      after: { decision },
    });
    return ok(null);
  });
}

async function findHousehold(
  tx: ScopedTx<OrgScope>,
  { caseId, meterNumber = "", now }: Parameters<typeof decideCase>[1],
): Promise<Result<{ readonly occupancyId: string; readonly buildingId: string }, DecideCaseError>> {
  const { organizationId } = tx.scope;
  const number = meterNumber.replace(/[\s-]/g, "");
  const waiting = await tx.db.paymentCase.findFirst({
    where: { organizationId, id: caseId },
    select: { payment: { select: { currency: true } } },
  });
  const meter = await tx.db.meter.findFirst({
    where: { organizationId, meterNumber: number },
    select: { id: true },
  });
  if (!waiting) return err("case-not-found");
  const served = meter && (await findServedMeter(tx, meter.id, now));
  if (!served?.occupancyId) return err("meter-not-found");
  const { occupancyId, buildingId, currency } = served;
  return currency === waiting.payment.currency
    ? ok({ occupancyId, buildingId })
    : err("other-currency");
}
