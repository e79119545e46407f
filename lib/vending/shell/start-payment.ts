import { z } from "zod";
import { callScoped } from "@/lib/access";
import { err, ok, type Result } from "@/lib/kernel";
import { findEndpointOf, type PaymentProvider } from "@/lib/payments";
import { newId } from "@/lib/platform";
import type { StartPaymentError } from "../errors";
import type { ActingScope } from "./acting-scope";

const answerForm = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("started"),
    attemptId: z.string(),
    amountMinor: z.string().transform(BigInt),
    currency: z.string(),
  }),
  z.object({ outcome: z.literal("quote-expired") }),
  z.object({ outcome: z.literal("not-payable"), status: z.string() }),
]);

/**
 * Takes a quoted purchase to its provider's checkout and gives the checkout's address. A second
 * click, tab or reload finds the checkout of the first. Refused when the quote has expired (the
 * purchase is closed then), when the purchase is past paying, and where there is no way to pay.
 */
export async function startPayment(
  scope: ActingScope,
  request: {
    readonly purchaseId: string;
    /** Null where the installation has no provider: a production one, as long as none is set up. */
    readonly provider: PaymentProvider | null;
    readonly payee: string;
    readonly returnPath: string;
    readonly now: Date;
  },
): Promise<Result<{ readonly checkoutPath: string }, StartPaymentError>> {
  const { purchaseId, provider, payee, returnPath, now } = request;
  if (!provider) return err({ code: "no-way-to-pay" });
  const endpointId = await findEndpointOf(scope, provider.name);
  if (!endpointId) return err({ code: "no-way-to-pay" });
  const answer = answerForm.parse(
    await callScoped(scope, "purchase_start_payment", {
      purchaseId,
      attemptId: newId(),
      endpointId,
      now,
    }),
  );
  if (answer.outcome !== "started") return err({ code: answer.outcome });
  const { attemptId, amountMinor, currency } = answer;
  const { organizationId } = scope;
  const checkout = { organizationId, endpointId, attemptId, amountMinor, currency };
  return ok(await provider.startCheckout({ ...checkout, payee, returnPath, now }));
}
