import { type ScopedTx, withinBuildings } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import type { Movement } from "../core/accounts";
import { requireAccount } from "./ledger-terms";

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

/** The movements of many purchases, by purchase, in no order. For the system's own audits. */
export async function listMovementsByPurchase(
  tx: ScopedTx<SystemScope>,
  correlationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Movement[]>> {
  const rows = await tx.db.ledgerTransfer.findMany({
    where: {
      organizationId: tx.scope.organizationId,
      correlationId: { in: [...correlationIds] },
    },
    select: { correlationId: true, debitAccount: true, creditAccount: true, amountMinor: true },
  });
  const moved = rows.map(({ correlationId, debitAccount, creditAccount, amountMinor }) => ({
    correlationId,
    debit: requireAccount(debitAccount),
    credit: requireAccount(creditAccount),
    amountMinor,
  }));
  return Map.groupBy(moved, (movement) => movement.correlationId);
}
