// Why a transfer was posted. Kept by a CHECK of ledger_transfer, compared by a test; words stand
// in messages/en.json.

export const LEDGER_REASONS = [
  "payment.received",
  "payment.twice", // for a purchase that has been paid already
  "payment.late", // for a purchase that had ended
  "payment.unmatched", // nobody knows yet for whom
  "payment.assigned", // somebody found out
  "sale.reserved",
  "sale.energy",
  "sale.levy",
  "sale.fixed",
  "sale.tax",
  "sale.fee",
  "sale.arrears",
  "sale.unspent",
  "sale.given-up", // the token was refused, the money goes back
  "wallet.spent",
  "wallet.paid-out",
  "refund.due",
  "refund.paid",
  "issue.energy",
  "issue.tax",
  "dispute.opened",
  "dispute.won",
  "dispute.lost",
  "arrears.charged",
  "arrears.written-off",
  "arrears.paid",
  "deposit.taken",
  "deposit.returned",
  "cash.float",
  "cash.sold",
  "cash.banked",
  "cash.short",
  "cash.over",
  "payout.made",
  "correction", // the opposite of an entry that was wrong
] as const;
export type LedgerReason = (typeof LEDGER_REASONS)[number];
