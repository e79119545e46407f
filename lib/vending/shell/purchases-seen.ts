import { type ScopedTx, withinBuildings } from "@/lib/access";
import { listHeldLeases } from "@/lib/property";

type PurchasesSeen = {
  readonly buildingId?: { readonly in: string[] };
  readonly id?: { readonly in: string[] };
  readonly OR?: ({ readonly createdAt?: { readonly gte?: Date; readonly lt?: Date } } & (
    | { readonly leaseId: string }
    | { readonly unitId: string }
  ))[];
};

/**
 * The part of a `where` on purchases that keeps a scope within what it may see, to be put beside
 * other conditions in an AND: staff and keys within their buildings, a resident what was bought
 * under the leases held before they ended, and in a room shared with others what any of them bought
 * meanwhile (docs/decisions/022-beds.md), a guest the one purchase whose address it knows.
 */
export async function purchasesSeen(tx: ScopedTx): Promise<PurchasesSeen> {
  const { scope } = tx;
  switch (scope.kind) {
    case "organization":
    case "endpoint":
      return withinBuildings(scope, "buildingId");
    case "resident":
      return {
        OR: (await listHeldLeases(tx, scope.leaseIds)).map(
          ({ leaseId, unitId, isShared, startsAt, endsAt }) => {
            const until = endsAt ? { lt: endsAt } : {};
            // A room's meter is shared: so is what is put on it, on the days one lives there.
            if (isShared) return { unitId, createdAt: { gte: startsAt, ...until } };
            return endsAt ? { leaseId, createdAt: until } : { leaseId };
          },
        ),
      };
    case "guest":
      return { id: { in: scope.purchaseId ? [scope.purchaseId] : [] } };
    case "system":
      return {};
  }
}
