import { inScope } from "@/lib/access";
import type { EndpointScope, Scope } from "@/lib/access/shared";
import { ok, type Result } from "@/lib/kernel";
import { type CurrencyCode, formatMoneyPlain } from "@/lib/money";
import {
  type ClaimView,
  closeClaim,
  findClaim,
  type PaybillMoney,
  paybillAccount,
  type Receipt,
  recordPayment,
} from "@/lib/payments";
import type { OpenPurchaseError } from "../errors";
import { openPaidPurchase } from "./open-paid-purchase";
import { openPurchase } from "./open-purchase";
import { requireCurrency } from "./pricing";

type Refusal = OpenPurchaseError["code"] | "other-currency";

/** The meter that an account number means, of this organization; null for none. */
async function findMeterOf(scope: Scope, account: string) {
  const { organizationId } = scope;
  const meterNumber = paybillAccount(account);
  const meter = await inScope(scope, (tx) =>
    tx.db.meter.findFirst({
      where: { organizationId, meterNumber },
      select: {
        id: true,
        installations: {
          where: { endsAt: null },
          select: { unit: { select: { building: { select: { currency: true } } } } },
          take: 1,
        },
      },
    }),
  );
  const currency = meter?.installations[0]?.unit.building.currency;
  return meter && currency ? { meterId: meter.id, currency } : null;
}

/**
 * Whether money may come: before it moves, for a meter that is sold for and an amount that buys
 * something. The price that is made for it is the one it is paid by, when it comes in time.
 */
export async function offerPaybill(
  scope: EndpointScope,
  offer: { readonly money: PaybillMoney; readonly addressKey: string; readonly now: Date },
): Promise<Result<null, Refusal>> {
  const { money, addressKey, now } = offer;
  const meter = await findMeterOf(scope, money.account);
  if (!meter) return { ok: false, error: "meter-not-found" };
  if (meter.currency !== money.currency) return { ok: false, error: "other-currency" };
  const opened = await openPurchase(scope, {
    ...{ meterId: meter.meterId, addressKey, now, channel: "web" },
    amountText: formatMoneyPlain(money.amountMinor, requireCurrency(money.currency)),
    requestKey: `${scope.provider}:${money.providerReference}`,
  });
  return opened.ok ? ok(null) : { ok: false, error: opened.error.code };
}

/**
 * Takes money that its provider has confirmed, or a person who found it: it buys for the meter that
 * its account names, or waits for a person. Gives the purchase to vend; null where there is none.
 */
export async function takeClaim(
  scope: Scope,
  taken: {
    readonly claimId: string;
    /** What the provider says of it; a person found what the call spoke of. */
    readonly receipt: Receipt | null;
    readonly addressKey: string;
    readonly now: Date;
  },
): Promise<string | null> {
  const { claimId, receipt, addressKey, now } = taken;
  const claim = await findClaim(scope, claimId);
  // An answer about other money than was asked about says nothing of this.
  if (!claim || (receipt && receipt.providerReference !== claim.providerReference)) return null;
  const purchaseId = await buyOrWait(scope, { ...claim, ...receipt }, { addressKey, now });
  await closeClaim(scope, { claimId, state: "booked", now });
  return purchaseId;
}

async function buyOrWait(
  scope: Scope,
  claim: ClaimView,
  { addressKey, now }: { readonly addressKey: string; readonly now: Date },
): Promise<string | null> {
  const { claimId: _id, toldAt: _at, ...money } = claim;
  const meter = await findMeterOf(scope, claim.account);
  let why: Refusal = meter ? "other-currency" : "meter-not-found";
  if (meter && meter.currency === claim.currency) {
    const currency: CurrencyCode = requireCurrency(claim.currency);
    const { meterId } = meter;
    const bought = await openPaidPurchase(scope, { ...money, meterId, currency, addressKey, now });
    if (bought.ok) return bought.value.purchaseId;
    why = bought.error.code;
  }
  await recordPayment(scope, { ...money, why, now });
  return null;
}
