import "server-only";

export { balancesOf, LEDGER_ACCOUNTS, type LedgerAccount } from "./core/accounts";
export { listMovementsOf, type PostedMovement } from "./shell/movements";
