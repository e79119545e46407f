import { z } from "zod";
import { callScopedIn, inScope, recordAudit } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { formatMoneyPlain } from "@/lib/money";
import { paybillAccount } from "@/lib/payments";
import { isId } from "@/lib/platform";
import { findServedMeter } from "@/lib/property";
import type { SellFromCaseError } from "../errors";
import { openPurchase } from "./open-purchase";
import { requireCurrency } from "./pricing";

const soldForm = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("decided"), paymentId: z.string() }),
  z.object({ outcome: z.enum(["case-not-found", "already-decided", "not-possible"]) }),
]);

type Sale = {
  readonly caseId: string;
  /** Which meter the money was for, as somebody found out. */
  readonly meterNumber: string;
  readonly addressKey: string;
  readonly now: Date;
};

/**
 * Buys for a meter with money that waits for a person, all of it, at the price of now; gives the
 * purchase to vend. Of two people at once one buys. Refused as a purchase is, and for money in
 * another currency than the meter's; then nothing has changed.
 */
export async function sellFromCase(
  scope: OrgScope,
  sale: Sale,
): Promise<Result<{ readonly purchaseId: string }, SellFromCaseError>> {
  const { caseId, addressKey, now } = sale;
  const found = await findMoney(scope, sale);
  if (!found.ok) return found;
  const { meterId, amountText } = found.value;
  const requestKey = `case:${caseId}:${meterId}`;
  const wish = { meterId, amountText, channel: "web", requestKey, addressKey, now } as const;
  const opened = await openPurchase(scope, wish);
  if (!opened.ok)
    return err(opened.error.code === "meter-not-found" ? "meter-not-found" : "no-sale");
  const { purchaseId } = opened.value;
  return inScope(scope, async (tx): Promise<Result<{ purchaseId: string }, SellFromCaseError>> => {
    const decidedBy = scope.userId;
    const answer = soldForm.parse(
      await callScopedIn(tx, "payment_case_sell", { caseId, purchaseId, decidedBy, now }),
    );
    if (answer.outcome !== "decided") return err(answer.outcome);
    await recordAudit(tx, {
      at: now,
      action: "payment.decided",
      subjectKind: "payment",
      subjectId: answer.paymentId,
      detail: { caseId, purchaseId },
      after: { decision: "purchase" },
    });
    return ok({ purchaseId });
  });
}

function findMoney(
  scope: OrgScope,
  { caseId, meterNumber, now }: Sale,
): Promise<Result<{ readonly meterId: string; readonly amountText: string }, SellFromCaseError>> {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    const waiting = isId(caseId)
      ? await tx.db.paymentCase.findFirst({
          where: { organizationId, id: caseId },
          select: { state: true, payment: { select: { amountMinor: true, currency: true } } },
        })
      : null;
    if (!waiting) return err("case-not-found");
    if (waiting.state !== "open") return err("already-decided");
    const meter = await tx.db.meter.findFirst({
      where: { organizationId, meterNumber: paybillAccount(meterNumber) },
      select: { id: true },
    });
    const served = meter && (await findServedMeter(tx, meter.id, now));
    if (!meter || !served) return err("meter-not-found");
    const { amountMinor, currency } = waiting.payment;
    if (served.currency !== currency) return err("other-currency");
    return ok({
      meterId: meter.id,
      amountText: formatMoneyPlain(amountMinor, requireCurrency(currency)),
    });
  });
}
