import { findEndpointScope, type SystemScope } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { askProvider, type PaymentProvider } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { decideCheckout } from "@/lib/practice";
import type { TokenIssuer } from "@/lib/signer";
import { openPurchase, type PurchaseStatus, startPayment, vendPurchase } from "@/lib/vending";

export type SaleTools = {
  readonly issuer: TokenIssuer;
  readonly provider: PaymentProvider;
  readonly addressKey: string;
};

/**
 * One sale from price to token at an instant, through the same doors as a resident's: quote,
 * checkout, approval, the provider asked, reserve, signer, finish.
 */
export async function sell(
  scope: SystemScope,
  sale: { readonly meterId: string; readonly amountText: string; readonly now: Date },
  tools: SaleTools,
): Promise<{ readonly purchaseId: string; readonly secret: string; status: PurchaseStatus }> {
  const { now } = sale;
  const { provider, issuer, addressKey } = tools;
  const request = { ...sale, channel: "web", requestKey: newId(), addressKey } as const;
  const opened = await openPurchase(scope, request);
  assert(opened.ok, "a sale of a builder is priced");
  const { purchaseId, secret } = opened.value;
  const payment = { purchaseId, provider, payee: "the landlord", returnPath: `/t/${secret}`, now };
  const started = await startPayment(scope, payment);
  assert(started.ok, "a sale of a builder can be paid");
  await approve(started.value.checkoutPath, now);
  await askProvider(scope, { purchaseId, provider, now });
  return { purchaseId, secret, status: await vendPurchase(scope, { purchaseId, issuer, now }) };
}

/** The payer's yes at a checkout, given its address. */
async function approve(checkoutPath: string, now: Date): Promise<void> {
  const [checkoutId = "", endpointId = ""] = checkoutPath.split("/").reverse();
  const endpoint = await findEndpointScope(endpointId, "practice");
  assert(endpoint, "a checkout has an endpoint");
  await decideCheckout(endpoint, { checkoutId, decision: "approve", now });
}
