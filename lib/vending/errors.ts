import type { AmountFault } from "@/lib/money";

/** What a buyer can run into before any money moves. Facts only; pages turn them into sentences. */
export type OpenPurchaseError =
  | { readonly code: "meter-not-found" }
  | { readonly code: "meter-blocked" }
  | { readonly code: "meter-not-in-use" }
  | { readonly code: "amount-invalid"; readonly fault: AmountFault }
  | { readonly code: "amount-too-small"; readonly minimumMinor: bigint }
  | { readonly code: "energy-too-large"; readonly maximumMinor: bigint }
  | { readonly code: "no-price-in-force" }
  | { readonly code: "request-key-reused" };

export type StartPaymentError =
  | { readonly code: "quote-expired" }
  | { readonly code: "not-payable" }
  | { readonly code: "no-way-to-pay" };
