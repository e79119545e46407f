import "server-only";

export { endpointSecret } from "./core/endpoint-secret";
export type {
  Attempt,
  NewCheckout,
  PaymentProvider,
  ProviderAnswer,
  Receipt,
} from "./core/payment-provider";
export { SIGNATURE_HEADER, signWebhook, verifyWebhook } from "./core/webhook-signature";
export type { SettleWebhookError, WebhookSignatureError } from "./errors";
export { askProvider, type PollAnswer } from "./shell/ask-provider";
export { type AttemptView, findAttemptOf } from "./shell/attempts";
export { createEndpoint, findEndpointOf } from "./shell/endpoints";
export { type RecordedPayment, recordPayment, recordPayments } from "./shell/record-payment";
export { type Settled, settleWebhook } from "./shell/settle-webhook";
