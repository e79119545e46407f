import { inScope } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { type PurchaseStatus, parsePurchaseStatus } from "../core/purchase-states";
import { purchasesSeen } from "./purchases-seen";

export type PurchaseEventView = {
  readonly sequence: number;
  readonly status: PurchaseStatus;
  readonly at: Date;
  readonly reason: string;
};

/** What happened to a purchase that the scope sees, in order. */
export function listPurchaseEvents(
  scope: Scope,
  purchaseId: string,
): Promise<readonly PurchaseEventView[]> {
  return inScope(scope, async (tx) => {
    const rows = await tx.db.purchaseEvent.findMany({
      where: {
        organizationId: tx.scope.organizationId,
        purchaseId,
        purchase: await purchasesSeen(tx),
      },
      select: { sequence: true, toStatus: true, at: true, reason: true },
      orderBy: { sequence: "asc" },
      take: 50,
    });
    return rows.map(({ toStatus, ...row }) => {
      const status = parsePurchaseStatus(toStatus);
      assert(status, "a stored event names a known state");
      return { ...row, status };
    });
  });
}
