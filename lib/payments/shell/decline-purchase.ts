import { z } from "zod";
import { callScoped } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";

const answerForm = z.object({ status: z.string() });

/** Closes a purchase whose payment was declined, and gives the state it is in then. */
export async function declinePurchase(
  scope: Scope,
  purchase: { readonly purchaseId: string; readonly now: Date },
): Promise<string> {
  const reason = "the provider declined the payment";
  const answer = await callScoped(scope, "purchase_close", { ...purchase, to: "declined", reason });
  return answerForm.parse(answer).status;
}
