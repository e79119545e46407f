/** Why a call that claims to come from a provider is not read. */
export type WebhookSignatureError =
  | "signature-missing"
  | "signature-wrong"
  | "signature-too-old"
  | "not-json";

/** Why a call that a provider signed changes nothing. */
export type SettleWebhookError =
  | WebhookSignatureError
  | "malformed"
  | "attempt-not-found"
  | "amount-differs"
  | "provider-disagrees";
