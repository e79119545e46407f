import type { OrgScope } from "@/lib/access/shared";
import { type Estimate, type Light, lightOf, listCredits, type UnitCredit } from "@/lib/metering";
import { type BuildingState, findBuildingState, type Need } from "@/lib/overview";
import { isId } from "@/lib/platform";
import { type BuildingView, findBuilding, type UnitView } from "@/lib/property";

export type UnitNow = UnitView & {
  readonly estimate: Estimate;
  readonly light: Light;
  /** Why somebody should look; the first where there are several. */
  readonly need: Need | null;
  readonly last: UnitCredit["last"];
};

export type BuildingNow = {
  readonly building: BuildingView;
  readonly units: readonly UnitNow[];
  readonly state: BuildingState;
};

const UNKNOWN = { estimate: { basis: "unknown" }, last: null } as const;

/** A building with each unit's light and last sale, its sums and its needs: three statements. */
export async function loadBuildingNow(
  scope: OrgScope,
  buildingId: string,
  now: Date,
): Promise<BuildingNow | null> {
  if (!isId(buildingId)) return null;
  const [building, credits, state] = await Promise.all([
    findBuilding(scope, buildingId, now),
    listCredits(scope, { buildingId, now }),
    findBuildingState(scope, { buildingId, now }),
  ]);
  if (!building) return null;
  const needs = new Map(state.needs.toReversed().map((need) => [need.unitId, need]));
  const units = building.units.map((unit) => {
    const { estimate, last } = credits.get(unit.id) ?? UNKNOWN;
    const light = lightOf({ isVacant: unit.isVacant, estimate });
    return { ...unit, estimate, light, need: needs.get(unit.id) ?? null, last };
  });
  return { building, units, state };
}
