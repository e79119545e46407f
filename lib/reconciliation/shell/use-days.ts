import type { ScopedTx } from "@/lib/access";
import type { Span } from "./span";

/** A supply meter's day. */
export type SupplyDay = {
  readonly unitId: string;
  readonly unitLabel: string;
  readonly meterId: string;
  readonly meterNumber: string;
  readonly day: string;
  readonly usedWh: bigint;
  readonly isMeasured: boolean;
  readonly basisAt: Date;
};

/** What came in and what was used on one day. */
export type EnergyDay = {
  readonly day: string;
  readonly suppliedWh: bigint;
  readonly usedWh: bigint;
  readonly commonWh: bigint;
  readonly isMeasured: boolean;
};

const MOST_ROWS = 2_000;

/** The days of the supply meters of a month, each with the reading it stands on. */
export function listSupplyDays(tx: ScopedTx, span: Span): Promise<readonly SupplyDay[]> {
  const { organizationId } = tx.scope;
  return tx.db.$queryRaw<SupplyDay[]>`
    SELECT d.unit_id AS "unitId", u.label AS "unitLabel", d.meter_id AS "meterId",
      m.meter_number AS "meterNumber", d.day::text AS day, d.used AS "usedWh",
      d.is_measured AS "isMeasured", d.basis_at AS "basisAt"
    FROM usage_day d
    JOIN unit u ON u.organization_id = d.organization_id AND u.id = d.unit_id AND u.kind = 'intake'
    JOIN meter m ON m.organization_id = d.organization_id AND m.id = d.meter_id
    WHERE d.organization_id = ${organizationId}::uuid AND d.building_id = ${span.buildingId}::uuid
      AND d.resource = 'electricity' AND d.day >= ${span.firstDay}::date
      AND d.day < ${span.nextFirst}::date
    ORDER BY d.day, u.label, m.meter_number LIMIT ${MOST_ROWS}`;
}

/** The days of a month with what came in and where it went. */
export function listEnergyDays(tx: ScopedTx, span: Span): Promise<readonly EnergyDay[]> {
  const { organizationId } = tx.scope;
  return tx.db.$queryRaw<EnergyDay[]>`
    SELECT d.day::text AS day,
      coalesce(sum(d.used) FILTER (WHERE u.kind = 'intake'), 0)::bigint AS "suppliedWh",
      coalesce(sum(d.used) FILTER (WHERE u.kind NOT IN ('intake', 'common')), 0)::bigint
        AS "usedWh",
      coalesce(sum(d.used) FILTER (WHERE u.kind = 'common'), 0)::bigint AS "commonWh",
      bool_and(d.is_measured) AS "isMeasured"
    FROM usage_day d
    JOIN unit u ON u.organization_id = d.organization_id AND u.id = d.unit_id
    WHERE d.organization_id = ${organizationId}::uuid AND d.building_id = ${span.buildingId}::uuid
      AND d.resource = 'electricity' AND d.day >= ${span.firstDay}::date
      AND d.day < ${span.nextFirst}::date
    GROUP BY d.day ORDER BY d.day`;
}
