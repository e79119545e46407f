import { readForm, seeOther } from "@/app/_form/read-form";
import { paymentProvider } from "@/app/_outside/outside";
import { guestScopeBySecret } from "@/app/_scope/guest-scope";
import { phoneFrame } from "@/app/_view/frames";
import { foreignPost, notFoundPage } from "@/app/_view/problem";
import { systemClock } from "@/lib/platform";
import { findPurchase, startPayment } from "@/lib/vending";
import { showQuote } from "../show-quote";

type Context = { readonly params: Promise<{ readonly secret: string }> };

/** Takes a quoted purchase to the provider's checkout; a second click finds the same one. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  return (await readForm(request)) ? pay((await params).secret) : foreignPost();
}

/** Back to a checkout that was left: only where one has been begun. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params;
  const scope = await guestScopeBySecret(secret);
  const purchase = scope?.purchaseId ? await findPurchase(scope, scope.purchaseId) : null;
  // What opens nothing is not sent on: an address may hold what no header can carry.
  if (!purchase) return notFoundPage();
  return purchase.status === "awaiting_payment" ? pay(secret) : seeOther(`/t/${secret}`);
}

async function pay(secret: string): Promise<Response> {
  const returnPath = `/t/${secret}`;
  const scope = await guestScopeBySecret(secret);
  const purchase = scope?.purchaseId ? await findPurchase(scope, scope.purchaseId) : null;
  if (!scope || !purchase) return notFoundPage();
  const started = await startPayment(scope, {
    purchaseId: purchase.id,
    provider: await paymentProvider(),
    payee: purchase.seller.legalName,
    returnPath,
    now: systemClock.now(),
  });
  if (!started.ok && started.error.code === "no-way-to-pay") {
    const frame = await phoneFrame(purchase.buildingName);
    return showQuote({ frame, purchase, path: returnPath }, frame.t("errors.no-way-to-pay"));
  }
  // Every other refusal has its own page at the purchase's address: ran out, paid already, …
  return seeOther(started.ok ? started.value.checkoutPath : returnPath);
}
