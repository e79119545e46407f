import "server-only";

export { balancesOf, LEDGER_ACCOUNTS, type LedgerAccount, type Movement } from "./core/accounts";
export { listMovementsByPurchase, listMovementsOf, type PostedMovement } from "./shell/movements";
