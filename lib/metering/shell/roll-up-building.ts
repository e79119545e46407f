import { enqueueSettled, inWorkerScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";

/** So that a burst of sales and readings is summed once. */
const SETTLES_MS = 5_000;

/** Plans that a building is summed anew, a little later. */
export function planBuildingRollUp(
  scope: SystemScope,
  buildingId: string,
  now: Date,
): Promise<void> {
  const dueAt = new Date(now.getTime() + SETTLES_MS);
  return inWorkerScope(scope, (tx) =>
    enqueueSettled(tx, { subjectId: buildingId, kind: "building.rollup", dueAt }),
  );
}

/**
 * Sums a building's days and months anew from what its units used and bought, by kind of unit and
 * by the building's own days; so what came late ends in the same sums. One at a time for a
 * building.
 */
export function rollUpBuilding(scope: SystemScope, buildingId: string): Promise<void> {
  const { organizationId } = scope;
  const which = { organizationId, buildingId };
  return inWorkerScope(scope, async (tx) => {
    await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${buildingId}, 2))::text`;
    await tx.db.buildingDay.deleteMany({ where: which });
    await tx.db.buildingMonth.deleteMany({ where: which });
    await tx.db.$executeRaw`
      INSERT INTO building_day (organization_id, building_id, resource, unit_kind, day, used,
        measured_units, estimated_units, basis_at, sold, sold_minor, sold_count)
      SELECT ${organizationId}::uuid, ${buildingId}::uuid, resource, kind, day, sum(used),
        count(*) FILTER (WHERE is_measured), count(*) FILTER (WHERE NOT is_measured),
        max(basis_at), sum(sold), sum(sold_minor), sum(sold_count)
      FROM (
        SELECT d.resource, u.kind, d.day, d.used, d.is_measured, d.basis_at, 0 AS sold,
          0 AS sold_minor, 0 AS sold_count
        FROM usage_day d
        JOIN unit u ON u.organization_id = d.organization_id AND u.id = d.unit_id
        WHERE d.organization_id = ${organizationId}::uuid AND d.building_id = ${buildingId}::uuid
        UNION ALL
        SELECT 'electricity', u.kind, (p.issued_at AT TIME ZONE b.time_zone)::date, 0, NULL, NULL,
          p.energy_wh, p.amount_minor, 1
        FROM purchase p
        JOIN unit u ON u.organization_id = p.organization_id AND u.id = p.unit_id
        JOIN building b ON b.organization_id = p.organization_id AND b.id = p.building_id
        WHERE p.organization_id = ${organizationId}::uuid AND p.building_id = ${buildingId}::uuid
          AND p.issued_at IS NOT NULL
      ) happened GROUP BY resource, kind, day`;
    await tx.db.$executeRaw`
      INSERT INTO building_month (organization_id, building_id, resource, unit_kind, day, used,
        measured_units, estimated_units, basis_at, sold, sold_minor, sold_count)
      SELECT organization_id, building_id, resource, unit_kind, date_trunc('month', day)::date,
        sum(used), sum(measured_units), sum(estimated_units), max(basis_at), sum(sold),
        sum(sold_minor), sum(sold_count)
      FROM building_day
      WHERE organization_id = ${organizationId}::uuid AND building_id = ${buildingId}::uuid
      GROUP BY 1, 2, 3, 4, 5`;
  });
}
