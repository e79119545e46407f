import { z } from "zod";
import { callScoped, inScope } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import type {
  PaybillEvent,
  PaymentProvider,
  ProviderAnswer,
  ProviderCall,
  ProviderEvent,
  Receipt,
} from "../core/payment-provider";
import type { SettleWebhookError } from "../errors";
import { type AttemptView, findAttempt, nameAttempt } from "./attempts";
import { declinePurchase } from "./decline-purchase";
import { recordPayment } from "./record-payment";

/** Which purchase a call was about, and the state it is in; without one, what the call was. */
export type Settled =
  | { readonly purchaseId: string; readonly status: string }
  | { readonly purchaseId: null; readonly status: "nothing" | "disputed" | "unmatched" }
  /** Money that comes by itself is vending's to price. */
  | { readonly purchaseId: null; readonly status: "paybill"; readonly event: PaybillEvent };

type Call = {
  readonly call: Omit<ProviderCall, "now">;
  readonly provider: PaymentProvider;
  readonly now: Date;
};

/**
 * Takes a provider's call: proves it by the provider's own rule, then asks the provider itself
 * before believing, and books the money or closes the purchase. A repeat gives the same answer and
 * books nothing. A refusal changes nothing. Throws when provider or database are away; a provider
 * calls again then.
 */
export async function settleCall(
  scope: EndpointScope,
  { call, provider, now }: Call,
): Promise<Result<Settled, SettleWebhookError>> {
  assert(provider.readCall, "an endpoint that is called belongs to a provider that calls");
  const read = provider.readCall({ ...call, now });
  if (!read.ok) return read;
  const event = read.value;
  switch (event.kind) {
    case "nothing":
      return ok({ purchaseId: null, status: "nothing" });
    case "dispute":
      return tellDispute(scope, { event, provider, now });
    case "offer":
    case "claim":
    case "claim-answer":
      return ok({ purchaseId: null, status: "paybill", event });
    case "checkout":
      return settleCheckout(scope, { event, provider, now });
  }
}

type CheckoutEvent = Extract<ProviderEvent, { kind: "checkout" }>;
type About<E> = Omit<Call, "call"> & { readonly event: E };

async function settleCheckout(
  scope: EndpointScope,
  { event, provider, now }: About<CheckoutEvent>,
): Promise<Result<Settled, SettleWebhookError>> {
  const { organizationId, endpointId } = scope;
  const { attemptId } = event;
  const attempt = await inScope(scope, (tx) => findAttempt(tx, { attemptId, endpointId }));
  if (!attempt) return err("attempt-not-found");
  const checkoutReference = await nameOf(scope, attempt, event);
  if (event.checkoutReference && checkoutReference !== event.checkoutReference) {
    return err("provider-disagrees");
  }
  const { amountMinor, currency } = attempt;
  const named = { organizationId, endpointId, attemptId, checkoutReference };
  const answer = await provider.findCheckout({ ...named, asked: { amountMinor, currency }, now });
  if (event.claim === "declined") {
    if (answer.status !== "declined") return err("provider-disagrees");
    const { purchaseId } = attempt;
    return ok({ purchaseId, status: await declinePurchase(scope, { purchaseId, now }) });
  }
  if (!confirms(answer, event)) return err("provider-disagrees");
  return settlePaid(scope, { attempt, answer, provider: provider.name, now });
}

/** A call may come before the answer of the start has been noted: then it is the one to tell. */
async function nameOf(scope: EndpointScope, attempt: AttemptView, event: CheckoutEvent) {
  const { attemptId } = attempt;
  const { checkoutReference } = event;
  return attempt.checkoutReference === null && checkoutReference
    ? nameAttempt(scope, { attemptId, checkoutReference })
    : attempt.checkoutReference;
}

type Confirmation = Extract<ProviderAnswer, Receipt>;

/** The provider has the money, and it is the money that the call spoke of, as far as it did. */
function confirms(answer: ProviderAnswer, { money = {} }: CheckoutEvent): answer is Confirmation {
  if (answer.status !== "paid" && answer.status !== "refunded") return false;
  const { providerReference, amountMinor, currency } = money;
  return (
    (providerReference === undefined || providerReference === answer.providerReference) &&
    (amountMinor === undefined || amountMinor === answer.amountMinor) &&
    (currency === undefined || currency === answer.currency)
  );
}

async function settlePaid(
  scope: EndpointScope,
  facts: {
    readonly attempt: AttemptView;
    readonly answer: Confirmation;
    readonly provider: string;
    readonly now: Date;
  },
): Promise<Result<Settled, SettleWebhookError>> {
  const { attempt, answer, provider, now } = facts;
  const { status, ...receipt } = answer;
  // Money that has gone back may be a late repeat; it is not booked for the first time any more.
  if (status === "refunded") {
    return findSettled(scope, { provider, purchaseId: attempt.purchaseId, ...receipt });
  }
  const { attemptId } = attempt;
  const recorded = await recordPayment(scope, { attemptId, provider, ...receipt, now });
  switch (recorded.outcome) {
    case "paid":
    case "known":
    case "on-account": {
      const { purchaseId } = recorded;
      return purchaseId === null
        ? ok({ purchaseId, status: "unmatched" })
        : ok({ purchaseId, status: recorded.status ?? "" });
    }
    case "unmatched":
      return ok({ purchaseId: null, status: "unmatched" });
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
  if (!payment?.purchase) return err("provider-disagrees");
  return ok({ purchaseId, status: payment.purchase.status });
}

const toldForm = z.object({ outcome: z.enum(["told", "payment-not-found", "amount-differs"]) });

/**
 * A dispute is the provider's own doing: it takes the money, we book that. One about money that was
 * never ours is no affair of ours, for the landlord's account may be used for other things too.
 */
async function tellDispute(
  scope: EndpointScope,
  { event, provider, now }: About<Extract<ProviderEvent, { kind: "dispute" }>>,
): Promise<Result<Settled, SettleWebhookError>> {
  const told = { ...event, provider: provider.name, disputeId: newId(), now };
  const { outcome } = toldForm.parse(await callScoped(scope, "payment_dispute_told", told));
  if (outcome === "amount-differs") return err(outcome);
  return ok({ purchaseId: null, status: outcome === "told" ? "disputed" : "nothing" });
}
