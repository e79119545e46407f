/** As the row stands. Money that was promised for later stays open with its instant. */
export type StoredCheckout = {
  readonly status: string;
  readonly moneyAt: Date | null;
};

/** Pending: the payer is done, and the money arrives later. */
export type CheckoutState = "open" | "pending" | "paid" | "declined" | "refunded";

/**
 * What a checkout is at an instant. "Late" is not a state one has to write when its time comes: a
 * stored `open` with `moneyAt` is pending before that instant and paid from it on.
 */
export function checkoutStateAt(stored: StoredCheckout, now: Date): CheckoutState {
  switch (stored.status) {
    case "paid":
    case "declined":
    case "refunded":
      return stored.status;
    default:
      if (stored.moneyAt === null) return "open";
      return stored.moneyAt <= now ? "paid" : "pending";
  }
}
