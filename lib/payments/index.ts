import "server-only";

export { paybillAccount } from "./core/daraja-form";
export { endpointSecret } from "./core/endpoint-secret";
export {
  type Attempt,
  CheckoutRefused,
  type NewCheckout,
  type PaybillEvent,
  type PaybillMoney,
  type PaymentProvider,
  type ProviderAnswer,
  type ProviderCall,
  type ProviderEvent,
  type Providers,
  type Receipt,
} from "./core/payment-provider";
export { addressCountedAs, countedAs, START_LIMITS } from "./core/velocity";
export { SIGNATURE_HEADER, signWebhook, verifyWebhook } from "./core/webhook-signature";
export type {
  CallFault,
  DecideCaseError,
  SaveAccountError,
  SettleWebhookError,
  WebhookSignatureError,
} from "./errors";
export {
  type AccountView,
  activateAccount,
  addAccount,
  findNextEndpoint,
  listAccounts,
  switchOffAccount,
  testAccount,
} from "./shell/accounts";
export { askAboutClaim, findPrompt, isPromptMoney, takesMoney } from "./shell/ask-about-claim";
export { askProvider, type PollAnswer } from "./shell/ask-provider";
export { type AttemptView, findAttemptOf } from "./shell/attempts";
export { beginCheckout } from "./shell/begin-checkout";
export { type CaseView, decideCase, listCases } from "./shell/cases";
export {
  type ClaimView,
  closeClaim,
  endClaim,
  findClaim,
  listUnanswered,
  noteClaim,
} from "./shell/claims";
export { readCredentialKey } from "./shell/credential-box";
export { createEndpoint, findEndpointOf, listWaysToPay, type WayToPay } from "./shell/endpoints";
export { giveBackPayment, giveBackPurchase } from "./shell/give-back";
export { API_PROVIDER } from "./shell/integrator-account";
export { listPayments, type PaymentFilter, type PaymentView } from "./shell/payment-list";
export { type ProviderGear, providersOf } from "./shell/providers";
export {
  type NewPayment,
  type RecordedPayment,
  recordPayment,
  recordPayments,
} from "./shell/record-payment";
export { type Settled, settleCall } from "./shell/settle-call";
