import { inScope, recordAudit } from "@/lib/access";
import type { EndpointScope, OrgScope, Scope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { type CurrencyCode, formatMoneyPlain } from "@/lib/money";
import {
  type ClaimView,
  closeClaim,
  endClaim,
  findClaim,
  findPrompt,
  isPromptMoney,
  noteClaim,
  type PaybillMoney,
  paybillAccount,
  type Receipt,
  recordPayment,
  takesMoney,
} from "@/lib/payments";
import type { OpenPurchaseError } from "../errors";
import { openPaidPurchase } from "./open-paid-purchase";
import { openPurchase } from "./open-purchase";
import { requireCurrency } from "./pricing";

/** Why money that comes by itself may not come, or buys nothing when it came. */
export type PaybillRefusal = OpenPurchaseError["code"] | "other-currency" | "switched-off";

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
 * something. The price that is made for it is the one it is paid by, when it comes in time; should
 * nobody tell that it came, its provider is asked.
 */
export async function offerPaybill(
  scope: EndpointScope,
  offer: { readonly money: PaybillMoney; readonly addressKey: string; readonly now: Date },
): Promise<Result<null, PaybillRefusal>> {
  const { money, addressKey, now } = offer;
  if (!(await takesMoney(scope))) return err("switched-off");
  if (await isPromptMoney(scope, money)) return ok(null);
  const meter = await findMeterOf(scope, money.account);
  if (!meter) return err("meter-not-found");
  if (meter.currency !== money.currency) return err("other-currency");
  const opened = await openPurchase(scope, {
    ...{ meterId: meter.meterId, addressKey, now, channel: "web" },
    amountText: formatMoneyPlain(money.amountMinor, requireCurrency(money.currency)),
    requestKey: `${scope.provider}:${money.providerReference}`,
  });
  if (!opened.ok) return err(opened.error.code);
  await noteClaim(scope, { money, toldBy: "offer", now });
  return ok(null);
}

type Taken = {
  readonly claimId: string;
  readonly addressKey: string;
  readonly now: Date;
};

/**
 * Takes money that its provider has confirmed: it buys for the meter that its account names, or is
 * booked and waits for a person. Gives the purchase to vend; null where there is none. However
 * often it is told, it is booked once.
 */
export async function takeClaim(
  scope: Scope,
  { receipt, ...taken }: Taken & { readonly receipt: Receipt },
): Promise<string | null> {
  const claim = await findClaim(scope, taken.claimId, { evenDenied: true });
  // An answer about other money than was asked about says nothing of this.
  if (!claim || receipt.providerReference !== claim.providerReference) return null;
  return book(scope, { claim, receipt, taken });
}

/**
 * What somebody found who looked for money that a call spoke of and that its provider did not
 * confirm: taken as the call told of it, or dropped. Refused for a claim that is over.
 */
export async function decideClaim(
  scope: OrgScope,
  { isThere, ...taken }: Taken & { readonly isThere: boolean },
): Promise<Result<{ readonly purchaseId: string | null }, "claim-over">> {
  const { claimId, now } = taken;
  const claim = await findClaim(scope, claimId);
  if (!claim) return err("claim-over");
  const isDecided = await inScope(scope, async (tx) => {
    if (!isThere && !(await endClaim(tx, { claimId, state: "denied", now }))) return false;
    await recordAudit(tx, {
      at: now,
      action: "payment.decided",
      subjectKind: "payment-claim",
      subjectId: claimId,
      detail: { providerReference: claim.providerReference },
      after: { decision: isThere ? "found" : "not-found" },
    });
    return true;
  });
  if (!isDecided) return err("claim-over");
  return ok({ purchaseId: isThere ? await book(scope, { claim, receipt: claim, taken }) : null });
}

/** So long is waited for what a prompt is called, before its money is a person's to look at. */
const NAMELESS_MS = 3_600_000;

type Booking = {
  readonly claim: ClaimView;
  readonly receipt: Receipt;
  readonly taken: Taken;
};

async function book(scope: Scope, booking: Booking): Promise<string | null> {
  const { claim, taken } = booking;
  const { claimId, now } = taken;
  const prompt = await findPrompt(scope, claim);
  const isPrompts = prompt !== null && prompt.checkoutReference !== null;
  // Booked under another name, the prompt's own answer would book it a second time.
  const isNameAwaited = prompt !== null && !isPrompts;
  if (isNameAwaited && now.getTime() - claim.toldAt.getTime() < NAMELESS_MS) return null;
  const purchaseId = isPrompts
    ? await bookPrompt(scope, booking, { ...prompt, name: prompt.checkoutReference })
    : await buyOrWait(scope, booking);
  await closeClaim(scope, { claimId, state: isPrompts ? "prompt" : "booked", now });
  return purchaseId;
}

/** Under the prompt's own name, so that the prompt's own answer finds it booked. */
async function bookPrompt(
  scope: Scope,
  { claim, receipt, taken }: Booking,
  { attemptId, name }: { readonly attemptId: string; readonly name: string | null },
): Promise<string | null> {
  const { amountMinor, currency } = receipt;
  const money = { amountMinor, currency, providerReference: name ?? claim.providerReference };
  const { provider } = claim;
  const recorded = await recordPayment(scope, { attemptId, provider, ...money, now: taken.now });
  return recorded.outcome === "paid" ? recorded.purchaseId : null;
}

async function buyOrWait(scope: Scope, { claim, receipt, taken }: Booking): Promise<string | null> {
  const { addressKey, now } = taken;
  const { provider, endpointId, account, payer } = claim;
  const { providerReference, amountMinor, currency } = receipt;
  const from = { provider, endpointId, account, ...(payer === undefined ? {} : { payer }) };
  const money = { ...from, providerReference, amountMinor, now };
  const meter = await findMeterOf(scope, account);
  let why: string | null = whyNot(claim, receipt, meter);
  if (why === null && meter) {
    const known: CurrencyCode = requireCurrency(currency);
    const bought = { ...money, meterId: meter.meterId, currency: known, addressKey };
    const opened = await openPaidPurchase(scope, bought);
    if (opened.ok) return opened.value.purchaseId;
    why = opened.error.code;
  }
  await recordPayment(scope, { ...money, currency, why: why ?? "meter-not-found" });
  return null;
}

/** What the calls said, the provider's answer and the meter: they agree, or a person looks. */
function whyNot(
  claim: ClaimView,
  receipt: Receipt,
  meter: { readonly currency: string } | null,
): PaybillRefusal | "calls-differ" | "told-otherwise" | null {
  if (claim.isContradicted) return "calls-differ";
  if (claim.amountMinor !== receipt.amountMinor || claim.currency !== receipt.currency) {
    return "told-otherwise";
  }
  if (!meter) return "meter-not-found";
  return meter.currency === receipt.currency ? null : "other-currency";
}
