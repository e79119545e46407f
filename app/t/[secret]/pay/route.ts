import { readForm, seeOther } from "@/app/_form/read-form";
import { paymentProvider } from "@/app/_outside/outside";
import { guestScopeBySecret } from "@/app/_scope/guest-scope";
import { foreignPost, notFoundPage } from "@/app/_view/problem";
import { systemClock } from "@/lib/platform";
import { findPurchase, startPayment } from "@/lib/vending";

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
  return purchase?.status === "awaiting_payment" ? pay(secret) : seeOther(`/t/${secret}`);
}

async function pay(secret: string): Promise<Response> {
  const returnPath = `/t/${secret}`;
  const scope = await guestScopeBySecret(secret);
  const purchase = scope?.purchaseId ? await findPurchase(scope, scope.purchaseId) : null;
  if (!scope || !purchase) return notFoundPage();
  const started = await startPayment(scope, {
    purchaseId: purchase.id,
    provider: paymentProvider(),
    payee: purchase.seller.legalName,
    returnPath,
    now: systemClock.now(),
  });
  // Every refusal has its own page at the purchase's address: ran out, paid already, and so on.
  return seeOther(started.ok ? started.value.checkoutPath : returnPath);
}
