import "server-only";

export { balancesOf, LEDGER_ACCOUNTS, type LedgerAccount, type Movement } from "./core/accounts";
export { isMonth } from "./core/month";
export { LEDGER_REASONS, type LedgerReason } from "./core/reasons";
export type { CloseMonthError, OpenMoney, PostForLeaseError, ReopenMonthError } from "./errors";
export { type LedgerBalance, listTrialBalance } from "./shell/balances";
export { closeMonth, reopenMonth, verifyMonth } from "./shell/close-month";
export { type LedgerMonth, listMonths } from "./shell/months";
export { listMovementsByPurchase, listMovementsOf, type PostedMovement } from "./shell/movements";
export {
  LEASE_POSTINGS,
  type LeaseAccount,
  type LeasePosting,
  listLeaseAccounts,
  postForLease,
} from "./shell/post-for-lease";
export {
  findStatement,
  type Statement,
  type StatementCursor,
  type StatementRow,
} from "./shell/statement";
