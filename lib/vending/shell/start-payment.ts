import { z } from "zod";
import { callScoped, inScope } from "@/lib/access";
import { err, type Result } from "@/lib/kernel";
import {
  addressCountedAs,
  beginCheckout,
  countedAs,
  findEndpointOf,
  type PaymentProvider,
  START_LIMITS,
} from "@/lib/payments";
import { newId } from "@/lib/platform";
import type { StartPaymentError } from "../errors";
import type { ActingScope } from "./acting-scope";

const answerForm = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("started"),
    attemptId: z.string(),
    amountMinor: z.string().transform(BigInt),
    currency: z.string(),
    checkoutReference: z.string().nullish(),
  }),
  z.object({ outcome: z.literal("quote-expired") }),
  z.object({ outcome: z.literal("not-payable"), status: z.string() }),
  z.object({ outcome: z.literal("too-many"), by: z.enum(["meter", "payer", "address"]) }),
]);

type Request = {
  readonly purchaseId: string;
  /** Null where the seller has no way to be paid. */
  readonly provider: PaymentProvider | null;
  /** Which of the seller's accounts; without one the first of this provider. */
  readonly endpointId?: string;
  readonly payee: string;
  readonly returnPath: string;
  /** As typed, for a provider that sends a prompt to a phone. */
  readonly payerPhone?: string;
  /** Where the request came from, to be counted; "" where nobody knows. */
  readonly address?: string;
  readonly now: Date;
};

/**
 * Takes a quoted purchase to its provider's checkout and gives where the payer goes now: the
 * provider's page, or our own that waits while a phone is asked. A second click finds the checkout
 * of the first. Refused when the quote has expired (the purchase is closed then), when
 * the purchase is past paying, for an amount or a phone the provider does not take, and for more
 * than a household does in an hour. Throws when the provider is away.
 */
export async function startPayment(
  scope: ActingScope,
  request: Request,
): Promise<Result<{ readonly checkoutPath: string }, StartPaymentError>> {
  const { purchaseId, provider, payee, returnPath, now } = request;
  if (!provider) return err({ code: "no-way-to-pay" });
  const endpointId = request.endpointId ?? (await findEndpointOf(scope, provider.name));
  if (!endpointId) return err({ code: "no-way-to-pay" });
  const nearest = await nearestAmounts(scope, provider, purchaseId);
  if (nearest) return err({ code: "amount-not-taken", ...nearest });
  const payerPhone = provider.readPhone?.(request.payerPhone ?? "");
  if (payerPhone === null) return err({ code: "phone-invalid" });
  const { organizationId } = scope;
  const answer = answerForm.parse(
    await callScoped(scope, "purchase_start_payment", {
      ...{ purchaseId, attemptId: newId(), endpointId, now },
      payerHash: payerPhone ? countedAs(organizationId, "payer", payerPhone) : null,
      addressHash: addressCountedAs(organizationId, request.address ?? ""),
      limits: START_LIMITS,
    }),
  );
  if (answer.outcome === "too-many") return err({ code: "too-many", by: answer.by });
  if (answer.outcome !== "started") return err({ code: answer.outcome });
  const { outcome: _started, ...attempt } = answer;
  const begun = await beginCheckout(scope, {
    provider,
    checkout: {
      ...{ organizationId, endpointId, payee, returnPath, now },
      ...attempt,
      checkoutReference: attempt.checkoutReference ?? null,
      ...(payerPhone === undefined ? {} : { payerPhone }),
    },
  });
  return begun.ok ? begun : err({ code: begun.error });
}

/** Asked before anything is begun: what cannot be paid this way can still be paid another. */
async function nearestAmounts(
  scope: ActingScope,
  { refusedAmount }: PaymentProvider,
  purchaseId: string,
): Promise<{ readonly belowMinor: bigint; readonly aboveMinor: bigint } | null> {
  if (!refusedAmount) return null;
  const { organizationId } = scope;
  const asked = await inScope(scope, (tx) =>
    tx.db.purchase.findUniqueOrThrow({
      where: { organizationId_id: { organizationId, id: purchaseId } },
      select: { amountMinor: true, currency: true },
    }),
  );
  return refusedAmount(asked);
}
