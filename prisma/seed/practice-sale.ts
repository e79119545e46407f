import { findEndpointScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { askProvider, type PaymentProvider } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { decideCheckout } from "@/lib/practice";
import type { PracticeSigner, TokenIssuer } from "@/lib/signer";
import { openPurchase, type PurchaseStatus, startPayment, vendPurchase } from "@/lib/vending";

export type SaleTools = {
  readonly issuer: TokenIssuer & PracticeSigner;
  readonly provider: PaymentProvider;
  readonly addressKey: string;
};

export type Sale = { readonly meterId: string; readonly amountText: string; readonly now: Date };
export type Sold = { readonly purchaseId: string; readonly secret: string };

/**
 * One sale from price to token at an instant, through the same doors as a resident's: quote,
 * checkout, approval, the provider asked, reserve, signer, finish.
 */
export async function sell(
  scope: SystemScope,
  sale: Sale,
  tools: SaleTools,
): Promise<Sold & { readonly status: PurchaseStatus }> {
  const sold = await payFor(scope, sale, tools);
  const { purchaseId } = sold;
  const { now } = sale;
  const status = await vendPurchase(scope, { purchaseId, issuer: tools.issuer, now });
  return { ...sold, status };
}

/** A sale up to its money: quoted, approved at the checkout, recorded. It is paid then. */
export async function payFor(
  scope: SystemScope,
  sale: Sale,
  tools: Omit<SaleTools, "issuer">,
): Promise<Sold> {
  const { provider } = tools;
  const { checkoutPath, ...sold } = await goToPay(scope, sale, tools);
  await approve(checkoutPath, sale.now);
  const providers = async () => provider;
  await askProvider(scope, { purchaseId: sold.purchaseId, providers, now: sale.now });
  return sold;
}

/** A sale up to its checkout, which stands open: it awaits payment then. */
export async function goToPay(
  scope: SystemScope,
  sale: Sale,
  { provider, addressKey }: Omit<SaleTools, "issuer">,
): Promise<Sold & { readonly checkoutPath: string }> {
  const request = { ...sale, channel: "web", requestKey: newId(), addressKey } as const;
  const opened = await openPurchase(scope, request);
  assert(opened.ok, "a sale of a builder is priced");
  const { purchaseId, secret } = opened.value;
  const returnPath = `/t/${secret}`;
  const payment = { purchaseId, provider, payee: "the landlord", returnPath, now: sale.now };
  const started = await startPayment(scope, payment);
  assert(started.ok, "a sale of a builder can be paid");
  return { purchaseId, secret, checkoutPath: started.value.checkoutPath };
}

/** The payer's yes at a checkout, given its address. */
export async function approve(checkoutPath: string, now: Date): Promise<void> {
  const [checkoutId = "", endpointId = ""] = checkoutPath.split("/").reverse();
  const endpoint = await findEndpointScope(endpointId, "practice");
  assert(endpoint, "a checkout has an endpoint");
  await decideCheckout(endpoint, { checkoutId, decision: "approve", now });
}
