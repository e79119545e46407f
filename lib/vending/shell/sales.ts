import { inScope, type ScopedTx } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import { formatReceiptNumber } from "../core/purchase-address";
import type { PurchaseStatus } from "../core/purchase-states";
import { purchasesSeen } from "./purchases-seen";

/**
 * One top-up, as lists show it. `energyWh` is what the token carries; null until it is issued.
 */
export type SaleView = {
  readonly purchaseId: string;
  readonly unitId: string;
  readonly unitLabel: string;
  /** The lease it was bought under; null where the unit had none. */
  readonly leaseId: string | null;
  readonly status: PurchaseStatus;
  readonly at: Date;
  readonly amountMinor: bigint;
  readonly energyWh: bigint | null;
  readonly receiptNumber: string | null;
};

const SOLD = ["issued", "delivered"];
/** What has money in it, in whatever state: a list of sales hides none of it. */
const PAID = ["paid", "reserved", "in_doubt", ...SOLD, "refund_due", "refunded"];

type Where = {
  readonly buildingId?: string;
  readonly unitId?: string;
  readonly leaseId?: string;
};

/**
 * The latest purchases with money in them, newest first, of a building, a unit or a lease; `before`
 * is the purchase that the list goes on after.
 */
export function listSales(
  scope: Scope,
  filter: Where & { readonly take: number; readonly before?: string },
): Promise<readonly SaleView[]> {
  const { take, before, ...where } = filter;
  return inScope(scope, async (tx) => {
    const { organizationId } = tx.scope;
    const seen = await purchasesSeen(tx);
    const rows = await tx.db.purchase.findMany({
      where: {
        organizationId,
        status: { in: PAID },
        AND: [where, seen, before ? await olderThan(tx, before) : {}],
      },
      select: {
        id: true,
        unitId: true,
        leaseId: true,
        status: true,
        amountMinor: true,
        paidAt: true,
        createdAt: true,
        receiptSeries: true,
        receiptNumber: true,
        energyWh: true,
        unit: { select: { label: true } },
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take,
    });
    return rows.map((row) => ({
      purchaseId: row.id,
      unitId: row.unitId,
      unitLabel: row.unit.label,
      leaseId: row.leaseId,
      status: row.status as PurchaseStatus,
      at: row.paidAt ?? row.createdAt,
      amountMinor: row.amountMinor,
      energyWh: row.energyWh,
      receiptNumber:
        row.receiptSeries && row.receiptNumber
          ? formatReceiptNumber(row.receiptSeries, row.receiptNumber)
          : null,
    }));
  });
}

/** What comes after a purchase in a list that has the newest first; nothing, for one unknown. */
async function olderThan(tx: ScopedTx, purchaseId: string) {
  const { organizationId } = tx.scope;
  const last = isId(purchaseId)
    ? await tx.db.purchase.findFirst({
        where: { organizationId, id: purchaseId, AND: [await purchasesSeen(tx)] },
        select: { createdAt: true },
      })
    : null;
  if (!last) return { id: { in: [] } };
  const { createdAt } = last;
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: purchaseId } }] };
}
