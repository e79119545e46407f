import Stripe from "stripe";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import type {
  AskedAttempt,
  NewCheckout,
  PaymentProvider,
  ProviderAnswer,
  ProviderCall,
  ProviderEvent,
  Receipt,
  RefundAnswer,
  RefundOrder,
} from "../core/payment-provider";
import { fromStripeAmount, refusedByStripe, toStripeAmount } from "../core/stripe-amount";
import type { CallFault } from "../errors";

// Stripe through its own SDK: Checkout Sessions in payment mode. The attempt's id is both the
// session's client reference and the idempotency key of what we ask for; the payment intent is the
// name of the money.

export const STRIPE = "stripe";

export type StripeAccount = {
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly siteUrl: string;
  /** Where the API is; absent for Stripe's own. */
  readonly api?: URL;
};

const TOLERANCE_SECONDS = 300;
const TIMEOUT_MS = 10_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function stripeProvider(account: StripeAccount): PaymentProvider {
  const stripe = clientOf(account);
  return {
    name: STRIPE,
    refusedAmount: ({ amountMinor, currency }) =>
      refusedByStripe(amountMinor, requireKnown(currency)),
    startCheckout: (checkout) => startCheckout(stripe, account, checkout),
    findCheckout: (attempt) => findCheckout(stripe, attempt),
    refund: (order) => refund(stripe, order),
    readCall: (call) => readCall(stripe, account, call),
    testCredentials: async () => {
      try {
        const { object } = await stripe.checkout.sessions.list({ limit: 1 });
        requireAnswer(object === "list");
        return "accepted";
      } catch (error) {
        if (error instanceof Stripe.errors.StripeAuthenticationError) return "refused";
        if (error instanceof Stripe.errors.StripePermissionError) return "refused";
        throw error;
      }
    },
  };
}

function clientOf({ secretKey, api }: StripeAccount): Stripe {
  const elsewhere = api
    ? {
        host: api.hostname,
        port: api.port,
        protocol: api.protocol === "http:" ? ("http" as const) : ("https" as const),
      }
    : {};
  const quiet = { timeout: TIMEOUT_MS, maxNetworkRetries: 1, telemetry: false } as const;
  return new Stripe(secretKey, { ...quiet, ...elsewhere });
}

function requireKnown(text: string): CurrencyCode {
  const currency = parseCurrencyCode(text);
  assert(currency.ok, "a purchase is in a known currency");
  return currency.value;
}

async function startCheckout(stripe: Stripe, { siteUrl }: StripeAccount, checkout: NewCheckout) {
  const { attemptId, amountMinor, currency, payee, returnPath } = checkout;
  const back = new URL(returnPath, siteUrl).href;
  const session = await stripe.checkout.sessions.create(
    {
      mode: "payment",
      client_reference_id: attemptId,
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: currency.toLowerCase(),
            unit_amount: toStripeAmount(amountMinor, requireKnown(currency)),
            product_data: { name: payee },
          },
        },
      ],
      payment_intent_data: { metadata: { attempt: attemptId } },
      success_url: back,
      cancel_url: back,
    },
    { idempotencyKey: attemptId },
  );
  requireAnswer(session.object === "checkout.session");
  assert(session.url, "a session that was just made has an address");
  return { checkoutPath: session.url, checkoutReference: session.id };
}

async function findCheckout(
  stripe: Stripe,
  { checkoutReference, attemptId }: AskedAttempt,
): Promise<ProviderAnswer> {
  if (!checkoutReference) return { status: "unknown" };
  const session = await stripe.checkout.sessions.retrieve(checkoutReference, {
    expand: ["payment_intent.latest_charge"],
  });
  requireAnswer(session.object === "checkout.session");
  if (session.client_reference_id !== attemptId) return { status: "unknown" };
  if (session.payment_status === "paid") {
    const receipt = receiptOf(session);
    return receipt ? { status: isRefunded(session) ? "refunded" : "paid", ...receipt } : OPEN;
  }
  return session.status === "expired" ? { status: "declined" } : OPEN;
}

const OPEN = { status: "open" } as const;

/** The SDK takes an error that names no reason for an answer: it is an outage. */
function requireAnswer(isAnswer: boolean): void {
  if (!isAnswer) throw new Error("Stripe is away");
}

function receiptOf(session: Stripe.Checkout.Session): Receipt | null {
  const { payment_intent: intent, amount_total: total, currency: code } = session;
  const currency = parseCurrencyCode((code ?? "").toUpperCase());
  const providerReference = typeof intent === "string" ? intent : intent?.id;
  if (!providerReference || total === null || !currency.ok) return null;
  const amountMinor = fromStripeAmount(total, currency.value);
  return amountMinor ? { providerReference, amountMinor, currency: currency.value } : null;
}

function isRefunded({ payment_intent: intent }: Stripe.Checkout.Session): boolean {
  const charge = typeof intent === "object" ? intent?.latest_charge : null;
  return typeof charge === "object" && charge?.refunded === true;
}

/** The whole payment intent, once: the idempotency key is the attempt's. */
async function refund(stripe: Stripe, { attemptId, payment }: RefundOrder): Promise<RefundAnswer> {
  if (!payment) return "by-hand";
  try {
    const { status, object } = await stripe.refunds.create(
      { payment_intent: payment.providerReference },
      { idempotencyKey: `refund-${attemptId}` },
    );
    requireAnswer(object === "refund");
    if (status === "succeeded") return "refunded";
    return status === "failed" || status === "canceled" ? "by-hand" : "not-now";
  } catch (error) {
    // Refunded before (the key is forgotten after a day), disputed, or no longer possible.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    return error.code === "charge_already_refunded" ? "refunded" : "by-hand";
  }
}

function readCall(
  stripe: Stripe,
  { webhookSecret }: StripeAccount,
  { rawBody, headers, now }: ProviderCall,
): Result<ProviderEvent, CallFault> {
  const signature = headers.get("stripe-signature");
  if (!signature) return err("signature-missing");
  try {
    const event = stripe.webhooks.constructEvent(
      rawBody,
      signature,
      webhookSecret,
      TOLERANCE_SECONDS,
      undefined,
      now.getTime(),
    );
    return eventOf(event);
  } catch (error) {
    if (error instanceof SyntaxError) return err("not-json");
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    return err(/tolerance/i.test(error.message) ? "signature-too-old" : "signature-wrong");
  }
}

function eventOf(event: Stripe.Event): Result<ProviderEvent, CallFault> {
  switch (event.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded":
    case "checkout.session.async_payment_failed":
    case "checkout.session.expired": {
      const session = event.data.object;
      const attemptId = session.client_reference_id ?? "";
      // Sessions that somebody made by other means are no affair of ours.
      if (!ID.test(attemptId)) return ok({ kind: "nothing" });
      const isOver =
        event.type === "checkout.session.expired" ||
        event.type === "checkout.session.async_payment_failed";
      // Completed and not yet paid: a slow way to pay, which is told of again.
      if (!isOver && session.payment_status !== "paid") return ok({ kind: "nothing" });
      const receipt = isOver ? null : receiptOf(session);
      return ok({
        kind: "checkout",
        attemptId,
        claim: isOver ? "declined" : "paid",
        checkoutReference: session.id,
        ...(receipt ? { money: receipt } : {}),
      });
    }
    case "charge.dispute.created":
    case "charge.dispute.closed":
      return disputeOf(event.data.object);
    default:
      return ok({ kind: "nothing" });
  }
}

function disputeOf(dispute: Stripe.Dispute): Result<ProviderEvent, CallFault> {
  const { payment_intent: intent, status } = dispute;
  const providerReference = typeof intent === "string" ? intent : intent?.id;
  const currency = parseCurrencyCode(dispute.currency.toUpperCase());
  const amountMinor = currency.ok ? fromStripeAmount(dispute.amount, currency.value) : null;
  if (!providerReference || !currency.ok || !amountMinor) return err("malformed");
  // A warning takes no money until it becomes a dispute.
  if (status.startsWith("warning_")) return ok({ kind: "nothing" });
  const state =
    status === "lost" ? "lost" : status === "won" || status === "prevented" ? "won" : "open";
  const money = { amountMinor, currency: currency.value };
  return ok({
    kind: "dispute",
    providerReference,
    disputeReference: dispute.id,
    state,
    ...money,
  });
}
