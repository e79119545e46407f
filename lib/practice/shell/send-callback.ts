import { dequeueDueWork, inScope } from "@/lib/access";
import type { EndpointScope, SystemScope } from "@/lib/access/shared";
import { endpointSecret, SIGNATURE_HEADER, signWebhook } from "@/lib/payments";
import { checkoutStateAt } from "../core/checkout-state";
import { type CheckoutRow, findCheckoutRow } from "./checkout-rows";
import { requirePractice } from "./require-practice";

/** Whose webhook is called, and the secret that its endpoints' secrets are made from. */
export type CallbackRoute = { readonly siteUrl: string; readonly masterSecret: string };

const TIMEOUT_MS = 5_000;

/**
 * Tells our webhook what became of a checkout, signed like a real provider's call, and takes the
 * work off the list once it was heard. True when nothing is left to say; false when nobody listened
 * or the checkout is still open: it is called again later. Calling twice is what providers do, and
 * harmless. Throws in a production installation.
 */
export async function sendCallback(
  scope: EndpointScope | SystemScope,
  callback: CallbackRoute & { readonly checkoutId: string; readonly now: Date },
): Promise<boolean> {
  await requirePractice();
  const { checkoutId, now } = callback;
  const checkout = await inScope(scope, (tx) => findCheckoutRow(tx, { id: checkoutId }));
  const state = checkout && checkoutStateAt(checkout, now);
  if (state === "open" || state === "pending") return false;
  const isNews = state === "paid" || state === "declined";
  if (checkout && isNews && !(await post(checkout, state, callback))) return false;
  await inScope(scope, (tx) => dequeueDueWork(tx, checkoutId));
  return true;
}

async function post(
  checkout: CheckoutRow,
  status: "paid" | "declined",
  { siteUrl, masterSecret, now }: CallbackRoute & { readonly now: Date },
): Promise<boolean> {
  const { endpointId, attemptId, currency } = checkout;
  const rawBody = JSON.stringify({
    attemptId,
    status,
    providerReference: checkout.id,
    amountMinor: String(checkout.amountMinor),
    currency,
  });
  const signature = signWebhook({ rawBody, secret: endpointSecret(masterSecret, endpointId), now });
  try {
    const answer = await fetch(new URL(`/api/webhooks/practice/${endpointId}`, siteUrl), {
      method: "POST",
      headers: { "content-type": "application/json", [SIGNATURE_HEADER]: signature },
      body: rawBody,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    // Nobody there, or silent for too long: that is what the worker's next try is for.
    return false;
  }
}
