import { buildingsOf } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";

/**
 * The part of a `where` on meters that keeps a role limited to buildings within them: a meter that
 * serves another building's unit, at this instant or later, is not among them. One that serves no
 * unit is in no building, and found by whoever is limited to any.
 */
export function metersWithin(scope: Scope, at: Date) {
  const buildingIds = buildingsOf(scope);
  if (buildingIds === null) return {};
  if (buildingIds.length === 0) return { AND: [{ id: { in: [] } }] };
  return {
    installations: {
      none: {
        OR: [{ endsAt: null }, { endsAt: { gt: at } }],
        unit: { buildingId: { notIn: [...buildingIds] } },
      },
    },
  };
}
