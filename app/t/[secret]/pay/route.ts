import { readForm, seeOther } from "@/app/_form/read-form";
import { practiceMoney, providerOf } from "@/app/_outside/outside";
import { guestScopeBySecret } from "@/app/_scope/guest-scope";
import { readOrigin } from "@/app/_scope/request-origin";
import { phoneFrame } from "@/app/_view/frames";
import { payRefusal } from "@/app/_view/pay-refusals";
import { foreignPost, notFoundPage } from "@/app/_view/problem";
import { findAttemptOf, listWaysToPay } from "@/lib/payments";
import { log, systemClock } from "@/lib/platform";
import { findPurchase, startPayment } from "@/lib/vending";
import { showQuote } from "../show-quote";

type Context = { readonly params: Promise<{ readonly secret: string }> };

/** Takes a quoted purchase to the provider's checkout; a second click finds the same one. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const form = await readForm(request);
  if (!form) return foreignPost();
  const { endpoint = "", phone = "" } = form;
  return pay((await params).secret, { endpoint, phone });
}

/** Back to a checkout that was left: only where one has been begun. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params;
  const scope = await guestScopeBySecret(secret);
  const purchase = scope?.purchaseId ? await findPurchase(scope, scope.purchaseId) : null;
  // What opens nothing is not sent on: an address may hold what no header can carry.
  if (!scope || !purchase) return notFoundPage();
  const attempt = await findAttemptOf(scope, purchase.id);
  if (purchase.status !== "awaiting_payment" || !attempt) return seeOther(`/t/${secret}`);
  const { organizationId } = scope;
  const { endpointId } = attempt;
  const provider = await providerOf({ organizationId, endpointId });
  // Of a prompt on a phone there is no page to go back to.
  if (!provider || provider.readPhone) return seeOther(`/t/${secret}`);
  return pay(secret, { endpoint: endpointId, phone: "" });
}

async function pay(
  secret: string,
  typed: { readonly endpoint: string; readonly phone: string },
): Promise<Response> {
  const returnPath = `/t/${secret}`;
  const scope = await guestScopeBySecret(secret);
  const purchase = scope?.purchaseId ? await findPurchase(scope, scope.purchaseId) : null;
  if (!scope || !purchase) return notFoundPage();
  const ways = await listWaysToPay(scope, { practice: await practiceMoney() });
  const way = ways.find(({ endpointId }) => endpointId === typed.endpoint) ?? ways[0];
  const { organizationId } = scope;
  const provider = way ? await providerOf({ organizationId, endpointId: way.endpointId }) : null;
  const started = await startPayment(scope, {
    purchaseId: purchase.id,
    provider,
    ...(way ? { endpointId: way.endpointId } : {}),
    payee: purchase.seller.legalName,
    returnPath,
    payerPhone: typed.phone,
    address: (await readOrigin()).address,
    now: systemClock.now(),
  }).catch((error: unknown) => {
    const name = error instanceof Error ? error.name : "";
    log().warn({ provider: provider?.name, error: name }, "a checkout could not be begun");
    return { ok: false, error: { code: "provider-away" } } as const;
  });
  if (started.ok) return seeOther(started.value.checkoutPath);
  const frame = await phoneFrame(purchase.buildingName);
  const refusal = payRefusal(started.error, { t: frame.t, purchase });
  // Every other refusal has its own page at the purchase's address: ran out, paid already, …
  if (refusal === null) return seeOther(returnPath);
  return showQuote({ frame, purchase, ways, path: returnPath }, { ...typed, text: refusal });
}
