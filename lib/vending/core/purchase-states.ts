/** The states of a purchase (docs/ARCHITECTURE.md, "A purchase's life"). */
export const PURCHASE_STATUSES = [
  "quoted",
  "awaiting_payment",
  "expired",
  "declined",
  "paid",
  "reserved",
  "in_doubt",
  "issued",
  "delivered",
  "refund_due",
  "refunded",
] as const;
export type PurchaseStatus = (typeof PURCHASE_STATUSES)[number];

/**
 * The legal transitions, in one table. The database's CHECK on purchase_event says the
 * same, and a test compares the two. Late money makes expired and declined paid.
 */
export const LEGAL_TRANSITIONS: readonly (readonly [from: PurchaseStatus, to: PurchaseStatus])[] = [
  ["quoted", "awaiting_payment"],
  ["quoted", "expired"],
  ["awaiting_payment", "paid"],
  ["awaiting_payment", "declined"],
  ["awaiting_payment", "expired"],
  ["expired", "paid"],
  ["declined", "paid"],
  ["paid", "reserved"],
  ["paid", "refund_due"],
  ["reserved", "issued"],
  ["reserved", "in_doubt"],
  ["in_doubt", "issued"],
  ["in_doubt", "refund_due"],
  ["issued", "delivered"],
  ["refund_due", "refunded"],
];

/** Null for a word that is no state. */
export function parsePurchaseStatus(text: string): PurchaseStatus | null {
  return PURCHASE_STATUSES.find((status) => status === text) ?? null;
}

/** The states in which the resident holds a token: only these count as sold. */
export const SOLD_STATUSES = ["issued", "delivered"] as const satisfies readonly PurchaseStatus[];

export function isSold(status: PurchaseStatus): boolean {
  return SOLD_STATUSES.some((sold) => sold === status);
}
