import { callScoped, inScope } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import type { Providers, RefundAnswer } from "../core/payment-provider";

type GivingBack = { readonly providers: Providers; readonly now: Date };

/**
 * Has a provider pay back the money of a purchase whose refund is due, whole. What a provider
 * cannot do, and money that came without one, waits for a person, and is "by-hand".
 */
export async function giveBackPurchase(
  scope: Scope,
  { purchaseId, ...rest }: GivingBack & { readonly purchaseId: string },
): Promise<RefundAnswer> {
  return giveBack(scope, { purchaseId, status: "refunding" }, rest);
}

/**
 * The same for money that fitted no purchase and that a person decided to send back; books it.
 * False while the provider cannot: it is asked again later.
 */
export async function giveBackPayment(
  scope: Scope,
  { paymentId, ...rest }: GivingBack & { readonly paymentId: string },
): Promise<boolean> {
  const which = { id: paymentId, purchaseId: null, status: "refunding" };
  const answer = await giveBack(scope, which, rest);
  if (answer === "refunded")
    await callScoped(scope, "payment_returned", { paymentId, now: rest.now });
  return answer !== "not-now";
}

async function giveBack(
  scope: Scope,
  which: { readonly id?: string; readonly purchaseId: string | null; readonly status: string },
  { providers, now }: GivingBack,
): Promise<RefundAnswer> {
  const { organizationId } = scope;
  const payment = await inScope(scope, (tx) =>
    tx.db.payment.findFirst({
      where: { organizationId, ...which },
      select: {
        id: true,
        attemptId: true,
        endpointId: true,
        providerReference: true,
        amountMinor: true,
        currency: true,
        attempt: { select: { endpointId: true } },
      },
      orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
    }),
  );
  if (!payment) return "not-now";
  const { id: paymentId, attemptId, providerReference, amountMinor, currency } = payment;
  const endpointId = payment.attempt?.endpointId ?? payment.endpointId;
  const provider = endpointId ? await providers({ organizationId, endpointId }) : null;
  // Money that came without an attempt has no name of ours but the payment's own.
  const named = attemptId ?? (provider?.knowsPayments ? paymentId : null);
  const answer =
    provider && endpointId && named
      ? await provider.refund({
          ...{ organizationId, endpointId, attemptId: named, now },
          payment: { providerReference, amountMinor, currency },
        })
      : "by-hand";
  if (answer === "by-hand") {
    const opened = { caseId: newId(), kind: "refund-by-hand", paymentId, facts: {}, now };
    await callScoped(scope, "payment_case_open", opened);
  }
  return answer;
}
