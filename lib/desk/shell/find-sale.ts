import { inScope, withinBuildings } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import { findPurchase, type PurchaseView } from "@/lib/vending";

export type SaleAtDesk = {
  readonly purchase: PurchaseView;
  /** What was given for it; null until it is paid. */
  readonly tenderedMinor: bigint | null;
  readonly shiftId: string | null;
  /**
   * Who asks took the money, in a shift that is not closed: what is printed then is the buyer's
   * receipt. Later, and for others, it is a copy.
   */
  readonly isFirstPrint: boolean;
};

/** A purchase that was priced at a desk; null for any other and for who may not see it. */
export async function findSale(scope: OrgScope, purchaseId: string): Promise<SaleAtDesk | null> {
  if (!isId(purchaseId)) return null;
  const { organizationId, userId } = scope;
  const row = await inScope(scope, (tx) =>
    tx.db.purchase.findFirst({
      where: {
        ...{ organizationId, id: purchaseId, scope: "desk" },
        ...withinBuildings(scope, "buildingId"),
      },
      select: {
        deskMovements: {
          where: { kind: "sale" },
          select: {
            tenderedMinor: true,
            shift: { select: { id: true, userId: true, state: true } },
          },
        },
      },
    }),
  );
  const purchase = row && (await findPurchase(scope, purchaseId));
  if (!purchase) return null;
  const [sale] = row.deskMovements;
  return {
    purchase,
    tenderedMinor: sale?.tenderedMinor ?? null,
    shiftId: sale?.shift.id ?? null,
    isFirstPrint: sale?.shift.userId === userId && sale.shift.state !== "closed",
  };
}
