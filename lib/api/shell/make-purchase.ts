import type { ApiKeyHolder } from "@/lib/access";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { API_PROVIDER, findEndpointOf, recordPayment } from "@/lib/payments";
import { log } from "@/lib/platform";
import type { TokenIssuer } from "@/lib/signer";
import { findPurchase, vendPurchase } from "@/lib/vending";
import { type Problem, problem } from "../core/problems";
import { claimSale, hasQuote } from "./claim-sale";
import { openSale } from "./open-sale";
import { purchaseJson } from "./purchase-json";
import type { PurchaseAnswer, PurchaseRequest } from "./schemas";

type Buying = {
  readonly body: PurchaseRequest;
  readonly requestKey: string;
  readonly isTakenUp: boolean;
  readonly addressKey: string;
  readonly issuer: TokenIssuer;
  readonly now: Date;
};

/**
 * Buys: opens the purchase or takes up its quote, books the money as received by the integrator,
 * and makes the tokens. Each step can be asked again and is done once, so a request that was cut
 * off is gone through anew from the top. Without a signer the purchase stays paid, and the worker
 * brings it to its tokens.
 */
export async function makePurchase(
  caller: ApiKeyHolder,
  buying: Buying,
): Promise<Result<PurchaseAnswer, Problem>> {
  const { body, now } = buying;
  const opened = await opening(caller, buying);
  if (!opened.ok) return opened;
  const purchaseId = opened.value;
  const references = {
    clientReference: body.client_reference,
    paymentReference: body.payment_reference,
  };
  const claimed = await claimSale(caller, purchaseId, references);
  if (!claimed.ok) return claimed;
  await pay(caller, { purchaseId, now, paymentReference: body.payment_reference });
  await vend(caller, purchaseId, buying);
  const purchase = await findPurchase(caller.scope, purchaseId);
  assert(purchase, "a purchase that was paid is there");
  return ok(purchaseJson(purchase, references));
}

/** The purchase to be paid: the quote that was named, or one that is made now. */
async function opening(caller: ApiKeyHolder, buying: Buying): Promise<Result<string, Problem>> {
  const { body, issuer: _, ...request } = buying;
  if ("quote" in body) {
    const isOwn = await hasQuote(caller, body.quote);
    return isOwn ? payable(caller, body.quote, buying.now) : err(problem("quote-not-found"));
  }
  const { meter, amount } = body;
  const opened = await openSale(caller, { ...request, meter, amount });
  if (!opened.ok || !request.isTakenUp) return opened;
  const begun = await payable(caller, opened.value, buying.now);
  if (begun.ok) return begun;
  // Begun so long ago that its price does not hold, and never paid: priced anew. No idempotency
  // key has a blank, so this one is nobody else's.
  const requestKey = `${request.requestKey} anew`;
  return openSale(caller, { ...request, requestKey, meter, amount });
}

/** A quote that has run out is not given references, so that these can be used for another one. */
async function payable(
  { scope }: ApiKeyHolder,
  purchaseId: string,
  now: Date,
): Promise<Result<string, Problem>> {
  const purchase = await findPurchase(scope, purchaseId);
  // Beyond the key's buildings, though the account's.
  if (!purchase) return err(problem("quote-not-found"));
  const { status, quote } = purchase;
  const hasRunOut = status === "quoted" && quote.expiresAt <= now;
  return hasRunOut ? err(problem("quote-expired")) : ok(purchaseId);
}

/** Books the money, once: it came by itself, to the integrator's account. */
async function pay(
  { scope, accountId }: ApiKeyHolder,
  payment: {
    readonly purchaseId: string;
    readonly paymentReference: string;
    readonly now: Date;
  },
): Promise<void> {
  const { purchaseId, paymentReference, now } = payment;
  const endpointId = await findEndpointOf(scope, API_PROVIDER);
  assert(endpointId, "a key that may sell was made with an account to pay by");
  const purchase = await findPurchase(scope, purchaseId);
  assert(purchase, "a purchase that is claimed is there");
  const { quote, currency } = purchase;
  const money = { amountMinor: quote.amountMinor, currency };
  const recorded = await recordPayment(scope, {
    ...{ purchaseId, endpointId, ...money, provider: API_PROVIDER, now },
    // Two integrators, and two organizations, may call a payment the same.
    providerReference: `${accountId}/${paymentReference}`,
  });
  assert("status" in recorded, "a purchase's own amount is booked");
}

async function vend({ scope }: ApiKeyHolder, purchaseId: string, { issuer, now }: Buying) {
  try {
    await vendPurchase(scope, { purchaseId, issuer, now });
  } catch (error) {
    log().warn(
      { purchaseId, error: error instanceof Error ? error.name : "" },
      "the sweep will vend",
    );
  }
}
