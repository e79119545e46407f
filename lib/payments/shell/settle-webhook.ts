import { z } from "zod";
import { inScope } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import type { PaymentProvider, ProviderAnswer, Receipt } from "../core/payment-provider";
import { SIGNATURE_HEADER, verifyWebhook } from "../core/webhook-signature";
import type { SettleWebhookError } from "../errors";
import { type AttemptView, findAttempt } from "./attempts";
import { declinePurchase } from "./decline-purchase";
import { recordPayment } from "./record-payment";

const claimForm = z.object({
  attemptId: z.guid(),
  status: z.enum(["paid", "declined"]),
  providerReference: z.string().min(1).max(200),
  amountMinor: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
type Claim = z.infer<typeof claimForm>;

export type Settled = { readonly purchaseId: string; readonly status: string };

/**
 * Takes a provider's call: checks its signature over the raw body, then asks the provider itself
 * before believing, and books the money or closes the purchase. A repeat gives the same answer and
 * books nothing. A refusal changes nothing. Throws when provider or database are away; a provider
 * calls again then.
 */
export async function settleWebhook(
  scope: EndpointScope,
  call: {
    readonly rawBody: string;
    readonly headers: Pick<Headers, "get">;
    readonly secret: string;
    readonly provider: PaymentProvider;
    readonly now: Date;
  },
): Promise<Result<Settled, SettleWebhookError>> {
  const { rawBody, headers, secret, provider, now } = call;
  const signature = headers.get(SIGNATURE_HEADER);
  const verified = verifyWebhook({ rawBody, secret, now, signature });
  if (!verified.ok) return verified;
  const parsed = claimForm.safeParse(verified.value);
  if (!parsed.success) return err("malformed");
  const claim = parsed.data;

  const { organizationId, endpointId } = scope;
  const { attemptId } = claim;
  const attempt = await inScope(scope, (tx) => findAttempt(tx, { attemptId, endpointId }));
  if (!attempt) return err("attempt-not-found");
  if (!isSameMoney(claim, attempt)) return err("amount-differs");

  const answer = await provider.findCheckout({ organizationId, endpointId, attemptId, now });
  if (claim.status === "declined") {
    if (answer.status !== "declined") return err("provider-disagrees");
    const { purchaseId } = attempt;
    return ok({ purchaseId, status: await declinePurchase(scope, { purchaseId, now }) });
  }
  if (!confirms(answer, claim)) return err("provider-disagrees");
  return settlePaid(scope, { claim, attempt, answer, provider: provider.name, now });
}

type Money = Omit<Receipt, "providerReference">;

function isSameMoney(left: Money, right: Money): boolean {
  return left.amountMinor === right.amountMinor && left.currency === right.currency;
}

type Confirmation = Extract<ProviderAnswer, Receipt>;

function confirms(answer: ProviderAnswer, claim: Claim): answer is Confirmation {
  const hasMoney = answer.status === "paid" || answer.status === "refunded";
  return (
    hasMoney && answer.providerReference === claim.providerReference && isSameMoney(answer, claim)
  );
}

async function settlePaid(
  scope: EndpointScope,
  facts: {
    readonly claim: Claim;
    readonly attempt: AttemptView;
    readonly answer: Confirmation;
    readonly provider: string;
    readonly now: Date;
  },
): Promise<Result<Settled, SettleWebhookError>> {
  const { claim, attempt, answer, provider, now } = facts;
  // Money that has gone back may be a late repeat; it is not booked for the first time any more.
  if (answer.status === "refunded") {
    return findSettled(scope, { provider, purchaseId: attempt.purchaseId, ...answer });
  }
  const { attemptId, providerReference, amountMinor, currency } = claim;
  const money = { attemptId, provider, providerReference, amountMinor, currency, now };
  const recorded = await recordPayment(scope, money);
  switch (recorded.outcome) {
    case "paid":
    case "known":
    case "on-account":
      return ok({ purchaseId: recorded.purchaseId, status: recorded.status });
    case "amount-differs":
    case "attempt-not-found":
      return err(recorded.outcome);
  }
}

async function findSettled(
  scope: EndpointScope,
  booked: {
    readonly provider: string;
    readonly providerReference: string;
    readonly purchaseId: string;
  },
): Promise<Result<Settled, SettleWebhookError>> {
  const { organizationId } = scope;
  const { provider, providerReference, purchaseId } = booked;
  const payment = await inScope(scope, (tx) =>
    tx.db.payment.findFirst({
      where: { organizationId, purchaseId, provider, providerReference },
      select: { purchase: { select: { status: true } } },
    }),
  );
  if (!payment) return err("provider-disagrees");
  return ok({ purchaseId, status: payment.purchase.status });
}
