import { buildingsOf, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { searchKeyOf, searchRange } from "../core/search-key";

/** A meter that somebody may buy for, and where it hangs. */
export type Customer = {
  readonly meterId: string;
  readonly meterNumber: string;
  readonly unitLabel: string;
  readonly buildingName: string;
  readonly residentNames: readonly string[];
};

/**
 * The prepaid meters in service whose number, unit or resident begins with what was typed (a
 * number may also end with it), a whole meter number first. Within a role's buildings; nothing for
 * less than two characters.
 */
export function findCustomers(
  scope: OrgScope,
  asked: { readonly text: string; readonly now: Date; readonly take: number },
): Promise<readonly Customer[]> {
  const { text, now, take } = asked;
  const key = searchKeyOf(text);
  const range = searchRange(key);
  const end = searchRange([...key].toReversed().join(""));
  if (!range || !end) return Promise.resolve([]);
  const { organizationId } = scope;
  const within = buildingsOf(scope);
  return inScope(
    scope,
    (tx) => tx.db.$queryRaw<Customer[]>`
      WITH found AS (
        SELECT i.meter_id FROM meter m JOIN meter_installation i
            ON i.organization_id = m.organization_id AND i.meter_id = m.id
          WHERE m.organization_id = ${organizationId}::uuid
            AND ((m.search_key >= ${range.from} AND m.search_key < ${range.to})
              OR (m.search_end >= ${end.from} AND m.search_end < ${end.to}))
        UNION SELECT i.meter_id FROM unit u JOIN meter_installation i
            ON i.organization_id = u.organization_id AND i.unit_id = u.id
          WHERE u.organization_id = ${organizationId}::uuid
            AND u.search_key >= ${range.from} AND u.search_key < ${range.to}
        UNION SELECT i.meter_id FROM resident r
          JOIN lease l ON l.organization_id = r.organization_id AND l.resident_id = r.id
          JOIN unit u ON u.organization_id = l.organization_id AND u.id = l.unit_id
          JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
          JOIN meter_installation i ON i.organization_id = u.organization_id AND i.unit_id = u.id
          WHERE r.organization_id = ${organizationId}::uuid
            AND ((r.search_key >= ${range.from} AND r.search_key < ${range.to})
              OR (r.search_last >= ${range.from} AND r.search_last < ${range.to}))
            AND daterange(l.starts_on, l.ends_on, '[)')
              @> (${now}::timestamptz AT TIME ZONE b.time_zone)::date
        LIMIT 500)
      SELECT m.id AS "meterId", m.meter_number AS "meterNumber", u.label AS "unitLabel",
        b.name AS "buildingName", coalesce(who.names, '{}') AS "residentNames"
      FROM found
      JOIN meter m ON m.organization_id = ${organizationId}::uuid AND m.id = found.meter_id
        AND m.vending_key_id IS NOT NULL
      JOIN meter_installation i ON i.organization_id = m.organization_id AND i.meter_id = m.id
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> ${now}::timestamptz
      JOIN unit u ON u.organization_id = m.organization_id AND u.id = i.unit_id
      JOIN building b ON b.organization_id = m.organization_id AND b.id = u.building_id
      LEFT JOIN LATERAL (SELECT array_agg(r.name ORDER BY l.starts_on, r.name) AS names
        FROM lease l JOIN resident r
          ON r.organization_id = l.organization_id AND r.id = l.resident_id
        WHERE l.organization_id = u.organization_id AND l.unit_id = u.id
          AND daterange(l.starts_on, l.ends_on, '[)')
            @> (${now}::timestamptz AT TIME ZONE b.time_zone)::date) who ON true
      WHERE (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[]))
      ORDER BY (m.meter_number = ${key}) DESC, (u.search_key = ${key}) DESC, b.name, u.label,
        m.meter_number
      LIMIT ${take}`,
  );
}
