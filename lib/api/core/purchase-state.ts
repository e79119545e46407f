/** A purchase's state as the API says it: fewer words than the books have, and they stay. */
export const API_STATES = ["pending", "issued", "expired", "refund_due", "refunded"] as const;
export type ApiState = (typeof API_STATES)[number];

const STATE_OF: Readonly<Record<string, ApiState>> = {
  quoted: "pending",
  awaiting_payment: "pending",
  paid: "pending",
  reserved: "pending",
  in_doubt: "pending",
  issued: "issued",
  delivered: "issued",
  expired: "expired",
  declined: "expired",
  refund_due: "refund_due",
  refunded: "refunded",
};

/** Pending for a state of the books that only a newer version knows. */
export const apiStateOf = (status: string): ApiState => STATE_OF[status] ?? "pending";
