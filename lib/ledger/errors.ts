/** Why an amount was not booked for a lease. */
export type PostForLeaseError =
  | { readonly code: "lease-not-found" }
  | { readonly code: "request-key-reused" }
  | { readonly code: "more-than-due"; readonly dueMinor: bigint }
  | { readonly code: "more-than-held"; readonly depositMinor: bigint };

/** Money of a month that has not come to rest, in one account and currency. */
export type OpenMoney = {
  readonly account: string;
  readonly currency: string;
  readonly count: number;
  readonly amountMinor: bigint;
};

/** Why a month was not closed. */
export type CloseMonthError =
  | { readonly code: "closed-already" | "not-the-next" | "not-over" }
  | { readonly code: "not-settled"; readonly open: readonly OpenMoney[] };

/** Why a month was not opened again. */
export type ReopenMonthError = "not-the-last" | "no-reason";
