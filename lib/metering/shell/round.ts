import { buildingsOf, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import type { Resource } from "@/lib/property/shared";
import type { Quantity } from "../core/reading";

/** A meter on a round, with what was read of it last. */
export type RoundStop = {
  readonly meterId: string;
  readonly meterNumber: string;
  readonly resource: Resource;
  readonly unitLabel: string;
  readonly floor: number;
  /** What its display shows: a prepayment meter what is left, as it was read last time. */
  readonly quantity: Quantity;
  readonly lastAt: Date | null;
  readonly lastValue: bigint | null;
};

const MOST_STOPS = 1_000;

/** The meters that serve a building, as one walks past them: from the ground up, floor by floor. */
export function listRound(
  scope: OrgScope,
  { buildingId, now }: { readonly buildingId: string; readonly now: Date },
): Promise<readonly RoundStop[]> {
  const within = buildingsOf(scope);
  const buildingIds = within && [...within];
  if (!isId(buildingId)) return Promise.resolve([]);
  return inScope(
    scope,
    (tx) => tx.db.$queryRaw<RoundStop[]>`
      SELECT m.id AS "meterId", m.meter_number AS "meterNumber", m.resource,
        u.label AS "unitLabel", u.floor, last.at AS "lastAt", last.value AS "lastValue",
        coalesce(last.quantity, CASE WHEN m.vending_key_id IS NULL THEN 'register'
          ELSE 'remaining' END) AS quantity
      FROM unit u
      JOIN meter_installation i ON i.organization_id = u.organization_id AND i.unit_id = u.id
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> ${now}::timestamptz
      JOIN meter m ON m.organization_id = u.organization_id AND m.id = i.meter_id
      LEFT JOIN LATERAL (SELECT r.at, r.value, r.quantity FROM reading r
        WHERE r.organization_id = u.organization_id AND r.meter_id = m.id
          AND r.at > ${now}::timestamptz - INTERVAL '100 days' AND r.at <= ${now}::timestamptz
        ORDER BY r.at DESC LIMIT 1) last ON true
      WHERE u.organization_id = ${scope.organizationId}::uuid
        AND u.building_id = ${buildingId}::uuid
        AND (${buildingIds}::uuid[] IS NULL OR u.building_id = ANY (${buildingIds}::uuid[]))
      ORDER BY u.floor, u.position, u.label, m.resource, m.meter_number LIMIT ${MOST_STOPS}`,
  );
}
