import "server-only";

export { balancesOf, LEDGER_ACCOUNTS, type LedgerAccount, type Movement } from "./core/accounts";
export { LEDGER_REASONS, type LedgerReason } from "./core/reasons";
export { listMovementsByPurchase, listMovementsOf, type PostedMovement } from "./shell/movements";
