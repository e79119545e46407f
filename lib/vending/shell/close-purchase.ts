import { z } from "zod";
import { callScoped } from "@/lib/access";
import { giveBackPurchase, type Providers } from "@/lib/payments";
import type { PurchaseStatus } from "../core/purchase-states";
import type { ActingScope } from "./acting-scope";

const answerForm = z.object({ status: z.string().transform((text) => text as PurchaseStatus) });

type Closing = { readonly purchaseId: string; readonly now: Date };

/** The token has been shown to its buyer. Harmless to say again, and for a purchase without one. */
export async function markDelivered(
  scope: ActingScope,
  { purchaseId, now }: Closing,
): Promise<void> {
  const reason = "shown to the buyer";
  await callScoped(scope, "purchase_close", { purchaseId, to: "delivered", reason, now });
}

/** Ends a purchase that nobody paid. Late money still makes it paid. Gives the state it is in. */
export async function expirePurchase(
  scope: ActingScope,
  { purchaseId, now }: Closing,
): Promise<PurchaseStatus> {
  const reason = "the price was no longer valid";
  const answer = await callScoped(scope, "purchase_close", {
    purchaseId,
    to: "expired",
    reason,
    now,
  });
  return answerForm.parse(answer).status;
}

/**
 * Has the provider pay back a purchase whose refund is due, whole, and books it. False while the
 * provider cannot: it is asked again later. What it can never do waits for a person. Asking twice
 * refunds once, for the provider keeps the attempt.
 */
export async function refundPurchase(
  scope: ActingScope,
  { purchaseId, providers, now }: Closing & { readonly providers: Providers },
): Promise<boolean> {
  const answer = await giveBackPurchase(scope, { purchaseId, providers, now });
  if (answer === "refunded") await callScoped(scope, "payment_refunded", { purchaseId, now });
  return answer !== "not-now";
}
