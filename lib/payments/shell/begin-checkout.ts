import type { Scope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { CheckoutRefused, type NewCheckout, type PaymentProvider } from "../core/payment-provider";
import { claimAttempt, nameAttempt, releaseAttempt } from "./attempts";

/**
 * Sends the payer to a provider's page, or a prompt to the payer's phone, and notes what the
 * provider calls it. A prompt is sent once, also when two clicks arrive together: whoever comes
 * second waits on our page. Throws when the provider is away.
 */
export async function beginCheckout(
  scope: Scope,
  { provider, checkout }: { readonly provider: PaymentProvider; readonly checkout: NewCheckout },
): Promise<Result<{ readonly checkoutPath: string }, "checkout-refused">> {
  const { attemptId, returnPath } = checkout;
  const isPrompt = provider.readPhone !== undefined;
  if (isPrompt && !(await claimAttempt(scope, { attemptId, claim: newId() }))) {
    return ok({ checkoutPath: returnPath });
  }
  try {
    const { checkoutPath, checkoutReference } = await provider.startCheckout(checkout);
    if (checkoutReference) await nameAttempt(scope, { attemptId, checkoutReference });
    return ok({ checkoutPath });
  } catch (error) {
    if (!(error instanceof CheckoutRefused)) throw error;
    if (isPrompt) await releaseAttempt(scope, attemptId);
    return err("checkout-refused");
  }
}
