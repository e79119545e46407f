import { inScope, withinBuildings } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import { parseResource, type Resource } from "../core/resource";

export type UnitMeter = {
  readonly id: string;
  readonly meterNumber: string;
  readonly resource: Resource;
  /** False for one that is only read. */
  readonly isSold: boolean;
};

const MOST = 50;

/** Every meter that serves a unit at an instant: those that sell first, then by number. */
export function listMetersOfUnit(
  scope: OrgScope,
  { unitId, at }: { readonly unitId: string; readonly at: Date },
): Promise<readonly UnitMeter[]> {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    if (!isId(unitId)) return [];
    const stays = await tx.db.meterInstallation.findMany({
      where: {
        ...{ organizationId, unitId, startsAt: { lte: at } },
        OR: [{ endsAt: null }, { endsAt: { gt: at } }],
        unit: withinBuildings(scope, "buildingId"),
      },
      select: {
        meter: { select: { id: true, meterNumber: true, resource: true, vendingKeyId: true } },
      },
      take: MOST,
    });
    const meters = stays.map(({ meter: { vendingKeyId, ...meter } }) => {
      const resource = parseResource(meter.resource);
      assert(resource !== null, "a meter counts what the database knows");
      return { ...meter, resource, isSold: vendingKeyId !== null };
    });
    const keyOf = (meter: UnitMeter) => `${meter.isSold ? 0 : 1} ${meter.meterNumber}`;
    return meters.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  });
}
