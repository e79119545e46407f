import { type ScopedTx, withinBuildings } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { LEDGER_ACCOUNTS, type LedgerAccount, type Movement } from "../core/accounts";

export type PostedMovement = Movement & { readonly reason: string; readonly at: Date };

/** Every movement of one purchase that the scope sees, in the order it was posted. */
export async function listMovementsOf(
  tx: ScopedTx,
  correlationId: string,
): Promise<readonly PostedMovement[]> {
  const rows = await tx.db.ledgerTransfer.findMany({
    where: {
      organizationId: tx.scope.organizationId,
      correlationId,
      ...withinBuildings(tx.scope, "buildingId"),
    },
    select: { debitAccount: true, creditAccount: true, amountMinor: true, reason: true, at: true },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    take: 100,
  });
  return rows.map((row) => ({
    debit: requireAccount(row.debitAccount),
    credit: requireAccount(row.creditAccount),
    amountMinor: row.amountMinor,
    reason: row.reason,
    at: row.at,
  }));
}

function requireAccount(text: string): LedgerAccount {
  const account = LEDGER_ACCOUNTS.find((known) => known === text);
  assert(account, "a stored transfer names a known account");
  return account;
}
