import type { Scope } from "@/lib/access/shared";
import { assert, ok, type Result } from "@/lib/kernel";
import { type CurrencyCode, formatMoneyPlain } from "@/lib/money";
import { type NewPayment, recordPayment } from "@/lib/payments";
import type { OpenPurchaseError } from "../errors";
import { type OpenedPurchase, openPurchase } from "./open-purchase";

/**
 * Money that is there before anybody asked for a price (a paybill, cash): quoted when it arrives,
 * opened and paid in one step. Its reference is the request key, so that the same money opens one
 * purchase however often it is told of. Refused as a quote is; then nothing was booked, and the
 * caller says what becomes of the money (`recordPayment` with a `why` hands it to a person).
 */
export async function openPaidPurchase(
  scope: Scope,
  paid: {
    readonly meterId: string;
    readonly provider: string;
    readonly providerReference: string;
    readonly amountMinor: bigint;
    readonly currency: CurrencyCode;
    /** Null for money that came over a desk. */
    readonly endpointId: string | null;
    readonly account?: string;
    readonly payer?: string;
    readonly addressKey: string;
    readonly now: Date;
  },
): Promise<Result<OpenedPurchase & { readonly status: string }, OpenPurchaseError>> {
  const { meterId, addressKey, now, ...money } = paid;
  const opened = await openPurchase(scope, {
    ...{ meterId, addressKey, now },
    amountText: formatMoneyPlain(money.amountMinor, money.currency),
    channel: "web",
    requestKey: `${money.provider}:${money.providerReference}`,
  });
  if (!opened.ok) return opened;
  const { purchaseId } = opened.value;
  const payment: NewPayment = { ...money, purchaseId, now };
  const recorded = await recordPayment(scope, payment);
  assert(recorded.outcome !== "attempt-not-found", "a reference belongs to one organization");
  return ok({ ...opened.value, status: recorded.status ?? "" });
}
