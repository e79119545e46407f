/** Why a call that claims to come from a provider is not read. */
export type WebhookSignatureError =
  | "signature-missing"
  | "signature-wrong"
  | "signature-too-old"
  | "not-json";

export type CallFault = WebhookSignatureError | "malformed";

/** Why a call that a provider signed changes nothing. */
export type SettleWebhookError =
  | CallFault
  | "attempt-not-found"
  | "amount-differs"
  | "provider-disagrees";

/** Why an account with a provider is not stored. */
export type SaveAccountError =
  | { readonly code: "not-found" }
  | { readonly code: "invalid"; readonly fields: readonly string[] };

/** Why a person's decision about money changes nothing. */
export type DecideCaseError =
  | "case-not-found"
  | "already-decided"
  | "not-possible"
  | "meter-not-found"
  | "other-currency";
