import type { OrgScope } from "@/lib/access/shared";
import { type Estimate, type Light, lightOf, listCredits, type UnitCredit } from "@/lib/metering";
import {
  type BuildingFacts,
  civilDayAt,
  findBuilding,
  startOfCivilDay,
  type UnitView,
} from "@/lib/property";
import { listUnsettled, type SalesTotal, totalSales, type UnsettledSale } from "@/lib/vending";

export type UnitNow = UnitView & {
  readonly estimate: Estimate;
  readonly light: Light;
  /** Paid a while ago, and neither a token nor a refund yet: somebody should look. */
  readonly unsettled: UnsettledSale | null;
  readonly last: UnitCredit["last"];
};

export type BuildingNow = {
  readonly units: readonly UnitNow[];
  /** Null for a role that never meets money. */
  readonly today: SalesTotal | null;
};

const UNKNOWN = { estimate: { basis: "unknown" }, last: null } as const;
/** The sweep has tried many times by then. */
const UNSETTLED_AFTER_MS = 120_000;

/** Each unit's light and last purchase, and what was sold since the building's own midnight. */
export async function loadBuildingNow(
  scope: OrgScope,
  building: BuildingFacts,
  now: Date,
): Promise<BuildingNow> {
  const { id: buildingId, timeZone } = building;
  const seesMoney = scope.permissions.includes("sale:read");
  const midnight = startOfCivilDay(civilDayAt(now, timeZone), timeZone);
  const before = new Date(now.getTime() - UNSETTLED_AFTER_MS);
  const [view, credits, unsettled, today] = await Promise.all([
    findBuilding(scope, buildingId, now),
    listCredits(scope, { buildingId, now }),
    listUnsettled(scope, { buildingId, before }),
    seesMoney ? totalSales(scope, { buildingId, from: midnight, to: now }) : null,
  ]);
  const units = (view?.units ?? []).map((unit) => {
    const { estimate, last } = credits.get(unit.id) ?? UNKNOWN;
    const light = lightOf({ isVacant: unit.isVacant, estimate });
    return {
      ...unit,
      estimate,
      light,
      unsettled: unsettled.find((sale) => sale.unitId === unit.id) ?? null,
      last,
    };
  });
  return { units, today };
}
