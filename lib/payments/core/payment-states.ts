/** The states of a payment (docs/decisions/029-payments.md). */
export const PAYMENT_STATUSES = [
  "received",
  "matched",
  "applied",
  "on_account",
  "refunding",
  "refunded",
  "written_down",
  "disputed",
  "charged_back",
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** What a payment can begin as: fits nothing, pays its purchase, or comes for a paid one. */
export const FIRST_STATUSES = [
  "received",
  "matched",
  "on_account",
] as const satisfies readonly PaymentStatus[];

/** A payer may dispute money at any time; a dispute that is won gives the state it had back. */
const DISPUTABLE: readonly PaymentStatus[] = [
  "received",
  "matched",
  "applied",
  "on_account",
  "refunding",
  "refunded",
  "written_down",
];

/**
 * The legal transitions, in one table. The database's CHECK on payment_event says the same, and a
 * test compares the two.
 */
export const PAYMENT_TRANSITIONS: readonly (readonly [from: PaymentStatus, to: PaymentStatus])[] = [
  ["received", "matched"],
  ["received", "on_account"],
  ["received", "refunding"],
  ["received", "written_down"],
  ["matched", "applied"],
  ["matched", "refunding"],
  ["applied", "refunding"],
  ["on_account", "refunding"],
  ["refunding", "refunded"],
  ...DISPUTABLE.map((status) => [status, "disputed"] as const),
  ...DISPUTABLE.map((status) => ["disputed", status] as const),
  ["disputed", "charged_back"],
];

/** Null for a word that is no state. */
export function parsePaymentStatus(text: string): PaymentStatus | null {
  return PAYMENT_STATUSES.find((status) => status === text) ?? null;
}
