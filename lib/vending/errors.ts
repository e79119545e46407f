import type { AmountFault } from "@/lib/money";

/** What a buyer can run into before any money moves. Facts only; pages turn them into sentences. */
export type OpenPurchaseError =
  | { readonly code: "meter-not-found" }
  | { readonly code: "meter-blocked" }
  /** Another organization claims the number too: nothing is sold until it is decided. */
  | { readonly code: "meter-contested" }
  | { readonly code: "meter-not-in-use" }
  | { readonly code: "amount-invalid"; readonly fault: AmountFault }
  | { readonly code: "amount-too-small"; readonly minimumMinor: bigint }
  | { readonly code: "energy-too-large"; readonly maximumMinor: bigint }
  | { readonly code: "no-price-in-force" }
  /** After a restore nothing is sold until the operator has run `npm run recover`. */
  | { readonly code: "sales-closed" }
  | { readonly code: "request-key-reused" };

export type StartPaymentError =
  | { readonly code: "quote-expired" }
  | { readonly code: "not-payable" }
  | { readonly code: "no-way-to-pay" }
  /** The provider does not take this amount; the nearest it does. */
  | { readonly code: "amount-not-taken"; readonly belowMinor: bigint; readonly aboveMinor: bigint }
  | { readonly code: "phone-invalid" }
  /** The provider would not open a checkout, or could not reach the phone. */
  | { readonly code: "checkout-refused" }
  /** More were begun lately than a household begins. */
  | { readonly code: "too-many"; readonly by: "meter" | "payer" | "address" };

/** Why no token can be asked for, or made, without payment. Nothing was changed. */
type MeterFault =
  | { readonly code: "meter-not-found" }
  | { readonly code: "meter-blocked" }
  | { readonly code: "meter-contested" }
  /** It serves no unit that somebody holds: there is nothing to book the value to. */
  | { readonly code: "meter-not-in-use" }
  | { readonly code: "no-price-in-force" };

export type RequestIssueError =
  | MeterFault
  /** Whole steps of 0.1 kWh, from one of them to the most that a token says exactly. */
  | { readonly code: "energy-out-of-range" }
  | { readonly code: "reason-missing" };

export type IssueError =
  | MeterFault
  /** Not this organization's, not within the buildings, or not one's affair. */
  | { readonly code: "not-found" }
  | { readonly code: "not-approved" }
  | { readonly code: "expired" }
  /** What is to be made is not what was approved: the meter serves another building now. */
  | { readonly code: "other-request" }
  | { readonly code: "key-not-usable" }
  /** Its token ids are used up for 59 minutes ahead. */
  | { readonly code: "waits-for-minute" }
  /** The signer put on record that it will not make this token. */
  | { readonly code: "refused" };

/** Why money that waits for a person buys nothing for a meter. */
export type SellFromCaseError =
  | "case-not-found"
  | "already-decided"
  | "not-possible"
  | "meter-not-found"
  | "other-currency"
  /** Blocked, in nobody's use, without a price, or too little or too much money. */
  | "no-sale";

export type StartTestError =
  | { readonly code: "meter-not-found" }
  | { readonly code: "already-verified" }
  | { readonly code: "proved-elsewhere" }
  | { readonly code: "test-under-way" }
  /** Three tests were answered wrong: the operator decides. */
  | { readonly code: "tests-used-up" };

export type AnswerTestError =
  | { readonly code: "not-a-figure" }
  /** No token was issued for it yet, or it is over. */
  | { readonly code: "not-open" }
  | { readonly code: "too-late" }
  | { readonly code: "wrong"; readonly triesLeft: number }
  /** The third wrong answer. */
  | { readonly code: "void" }
  /** Right, but another organization has proved the number meanwhile: the operator decides. */
  | { readonly code: "proved-elsewhere" };
