import { inScope } from "@/lib/access";
import type { ResidentScope } from "@/lib/access/shared";
import type { BuildingFacts } from "./building-views";
import { findUnit } from "./building-views";

export type HeldUnit = {
  readonly unitId: string;
  readonly label: string;
  readonly meterNumber: string | null;
  readonly building: BuildingFacts;
};

/** The units of the leases a resident holds, as they stand at an instant. */
export async function listHeldUnits(scope: ResidentScope, at: Date): Promise<readonly HeldUnit[]> {
  const leases = await inScope(scope, (tx) =>
    tx.db.lease.findMany({
      where: { organizationId: scope.organizationId, id: { in: [...scope.leaseIds] } },
      select: { unitId: true },
      orderBy: [{ startsOn: "desc" }, { id: "asc" }],
      take: 50,
    }),
  );
  const unitIds = [...new Set(leases.map((lease) => lease.unitId))];
  const units = await Promise.all(unitIds.map((unitId) => findUnit(scope, unitId, at)));
  return units.flatMap((unit) =>
    unit === null
      ? []
      : [
          {
            unitId: unit.id,
            label: unit.label,
            meterNumber: unit.meterNumber,
            building: unit.building,
          },
        ],
  );
}
