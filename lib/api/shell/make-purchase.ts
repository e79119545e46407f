import type { ApiKeyHolder } from "@/lib/access";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { findAttemptOf, recordPayment } from "@/lib/payments";
import { log } from "@/lib/platform";
import type { TokenIssuer } from "@/lib/signer";
import { findPurchase, startPayment, vendPurchase } from "@/lib/vending";
import { type Problem, problem } from "../core/problems";
import { claimSale, hasQuote } from "./claim-sale";
import { API_PROVIDER, integratorAccount } from "./integrator-account";
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
  const before = await isPayable(caller, purchaseId, now);
  if (!before.ok) return before;
  const claimed = await claimSale(caller, purchaseId, references);
  if (!claimed.ok) return claimed;
  const paid = await pay(caller, { purchaseId, now, paymentReference: body.payment_reference });
  if (!paid.ok) return paid;
  await vend(caller, purchaseId, buying);
  const purchase = await findPurchase(caller.scope, purchaseId);
  assert(purchase, "a purchase that was paid is there");
  return ok(purchaseJson(purchase, references));
}

async function opening(caller: ApiKeyHolder, buying: Buying): Promise<Result<string, Problem>> {
  const { body, issuer: _, ...request } = buying;
  if (!("quote" in body)) {
    const { meter, amount } = body;
    return openSale(caller, { ...request, meter, amount });
  }
  const isOwn = await hasQuote(caller, body.quote);
  return isOwn ? ok(body.quote) : err(problem("quote-not-found"));
}

/** A quote that has run out is not given references, so that these can be used for another one. */
async function isPayable(
  { scope }: ApiKeyHolder,
  purchaseId: string,
  now: Date,
): Promise<Result<void, Problem>> {
  const purchase = await findPurchase(scope, purchaseId);
  // Beyond the key's buildings, though the account's.
  if (!purchase) return err(problem("quote-not-found"));
  const { status, quote } = purchase;
  const hasRunOut = status === "quoted" && quote.expiresAt <= now;
  return hasRunOut ? err(problem("quote-expired")) : ok(undefined);
}

/** Books the money, once: an attempt of the integrator's account, and its payment. */
async function pay(
  { scope, accountId }: ApiKeyHolder,
  payment: {
    readonly purchaseId: string;
    readonly paymentReference: string;
    readonly now: Date;
  },
): Promise<Result<void, Problem>> {
  const { purchaseId, paymentReference, now } = payment;
  const visit = { provider: integratorAccount, payee: "", returnPath: "/", now };
  const started = await startPayment(scope, { purchaseId, ...visit });
  if (!started.ok && started.error.code === "no-way-to-pay") return err(problem("unavailable"));
  const attempt = await findAttemptOf(scope, purchaseId);
  // Never begun, and now too late to begin: the price does not hold any more.
  if (!attempt) return err(problem("quote-expired"));
  const { attemptId, amountMinor, currency } = attempt;
  const recorded = await recordPayment(scope, {
    ...{ attemptId, amountMinor, currency, provider: API_PROVIDER, now },
    // Two integrators, and two organizations, may call a payment the same.
    providerReference: `${accountId}/${paymentReference}`,
  });
  assert("status" in recorded, "an attempt's own amount is booked");
  return ok(undefined);
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
