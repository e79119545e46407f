import type { ScopedTx } from "@/lib/access";
import { LET_KINDS, RESOURCES, type Resource } from "@/lib/property/shared";
import type { BoughtIn, CivilSpan, UsageScale, UsedIn } from "../core/usage-periods";
import { chosenResource } from "./chosen-resource";
import type { UsageMark, UsageRows } from "./usage-rows";

type Wanted = {
  readonly buildingIds: string[];
  readonly by: UsageScale;
  readonly span: CivilSpan;
  readonly before: CivilSpan;
  readonly resource: Resource;
};

// More do not fit beside each other, and say nothing of the whole.
const MOST_MARKS = 6;

/** What is let in buildings, from their days or months summed. Two statements, of many one. */
export async function readBuildings(tx: ScopedTx, wanted: Wanted): Promise<UsageRows> {
  const { before, span } = wanted;
  const which = { ...wanted, span: { from: before.from, to: span.to } };
  const found = await readSums(tx, which);
  const resources = RESOURCES.filter((one) => found[0]?.resources.includes(one));
  const resource = chosenResource(resources, wanted.resource);
  const rows = found.flatMap((row) => (row.from === null ? [] : [{ ...row, from: row.from }]));
  return {
    resources,
    resource,
    since: null,
    until: null,
    used: rows.map((row) => ({ ...row, knownDays: null })),
    bought: resource === "electricity" ? rows : [],
    marks: await readSwaps(tx, { ...wanted, resource }),
  };
}

type Row = Omit<UsedIn, "knownDays" | "from"> &
  Omit<BoughtIn, "from"> & {
    /** What the meters of all of it count. */
    readonly resources: readonly Resource[];
    /** Null in the only row of where nothing happened. */
    readonly from: string | null;
  };
type Ask = Omit<Wanted, "before">;
const KINDS: string[] = [...LET_KINDS];

/**
 * Sums of days, or of months (of years by their months) with the newest month's days taken off
 * again. What was sold comes from the sums up to the newest day with a sale that they have, and
 * from the sales themselves from that day on: no sale is left out for a sum that lags behind.
 *
 * Beside the sums stands what is counted there, and of nothing one row says that alone. Which
 * resource is told of (as `chosenResource` says) and between which instants sales are read is
 * worked out beforehand: under policies an index is not asked with a reckoning.
 */
function readSums(tx: ScopedTx, { buildingIds, resource, by, span }: Ask): Promise<Row[]> {
  const { organizationId } = tx.scope;
  const isByDay = by === "day";
  return tx.db.$queryRaw<Row[]>`
    WITH found AS MATERIALIZED (SELECT r.resource, r.place
      FROM unnest(${[...RESOURCES]}::text[]) WITH ORDINALITY r (resource, place)
      WHERE EXISTS (SELECT FROM building_month s WHERE s.organization_id = ${organizationId}::uuid
        AND s.building_id = ANY (${buildingIds}::uuid[]) AND s.resource = r.resource
        AND s.unit_kind = ANY (${KINDS}::text[]))),
    chosen AS MATERIALIZED (SELECT coalesce(
      (SELECT f.resource FROM found f WHERE f.resource = ${resource}),
      (SELECT f.resource FROM found f ORDER BY f.place LIMIT 1), 'electricity') AS resource),
    place AS MATERIALIZED (SELECT b.id, b.time_zone, n.newest,
        greatest(n.newest, ${span.from}::date)::timestamp AT TIME ZONE b.time_zone AS since,
        ${span.to}::timestamp AT TIME ZONE b.time_zone AS until
      FROM building b
      CROSS JOIN LATERAL (SELECT coalesce(max(last.day), DATE '1970-01-01') AS newest
        FROM unnest(${KINDS}::text[]) kind
        CROSS JOIN LATERAL (SELECT s.day FROM building_day s
          WHERE s.organization_id = b.organization_id AND s.building_id = b.id
            AND s.resource = 'electricity' AND s.unit_kind = kind AND s.sold_count > 0
          ORDER BY s.day DESC LIMIT 1) last) n
      WHERE b.organization_id = ${organizationId}::uuid AND b.id = ANY (${buildingIds}::uuid[])),
    happened AS (
      SELECT s.day, s.used, s.measured_units, s.estimated_units, s.basis_at,
        CASE WHEN s.day < place.newest THEN s.sold ELSE 0 END AS sold,
        CASE WHEN s.day < place.newest THEN s.sold_minor ELSE 0 END AS sold_minor
      FROM place CROSS JOIN chosen
      JOIN building_day s ON s.organization_id = ${organizationId}::uuid
        AND s.building_id = place.id AND s.resource = chosen.resource
        AND s.unit_kind = ANY (${KINDS}::text[])
        AND s.day >= ${span.from}::date AND s.day < ${span.to}::date
      WHERE ${isByDay}
      UNION ALL
      SELECT s.day, s.used, s.measured_units, s.estimated_units, s.basis_at, s.sold, s.sold_minor
      FROM chosen JOIN building_month s ON s.organization_id = ${organizationId}::uuid
        AND s.building_id = ANY (${buildingIds}::uuid[]) AND s.resource = chosen.resource
        AND s.unit_kind = ANY (${KINDS}::text[])
        AND s.day >= ${span.from}::date AND s.day < ${span.to}::date
      WHERE NOT ${isByDay}
      UNION ALL
      SELECT s.day, 0, 0, 0, NULL, -s.sold, -s.sold_minor
      FROM place CROSS JOIN chosen
      JOIN building_day s ON s.organization_id = ${organizationId}::uuid
        AND s.building_id = place.id AND s.resource = chosen.resource
        AND s.unit_kind = ANY (${KINDS}::text[]) AND s.day >= place.newest
        AND s.day >= ${span.from}::date AND s.day < ${span.to}::date
      WHERE NOT ${isByDay}
      UNION ALL
      SELECT (p.issued_at AT TIME ZONE place.time_zone)::date, 0, 0, 0, NULL, p.energy_wh,
        p.amount_minor
      FROM place JOIN purchase p ON p.organization_id = ${organizationId}::uuid
        AND p.building_id = place.id AND p.issued_at >= place.since AND p.issued_at < place.until
      JOIN unit u ON u.organization_id = p.organization_id AND u.id = p.unit_id
        AND u.kind = ANY (${KINDS}::text[]))
    SELECT known.resources, told.* FROM (SELECT
        coalesce(array_agg(f.resource), '{}') AS resources FROM found f) known
    LEFT JOIN (SELECT date_trunc(${by}, day)::date::text AS from, sum(used)::bigint AS used,
        sum(measured_units)::int AS measured, sum(estimated_units)::int AS estimated,
        max(basis_at) AS "basisAt", sum(sold)::bigint AS "energyWh",
        sum(sold_minor)::bigint AS "costMinor"
      FROM happened GROUP BY 1) told ON true
    ORDER BY told.from`;
}

/** Meters that came after another in one building; of a portfolio they would be too many. */
async function readSwaps(tx: ScopedTx, which: Ask): Promise<readonly UsageMark[]> {
  const { organizationId } = tx.scope;
  const { buildingIds, span, resource, by } = which;
  const [buildingId, ...others] = buildingIds;
  if (by === "year" || others.length > 0) return [];
  return tx.db.$queryRaw<UsageMark[]>`
    SELECT (s.starts_at AT TIME ZONE s.time_zone)::date::text AS day, 'meter-swapped' AS kind,
      s.label AS "unitLabel"
    FROM (SELECT i.starts_at, i.meter_id, u.label, b.time_zone,
        lag(i.meter_id) OVER (PARTITION BY u.id ORDER BY i.starts_at) AS last
      FROM building b
      JOIN unit u ON u.organization_id = b.organization_id AND u.building_id = b.id
        AND u.kind = ANY (${KINDS}::text[])
      JOIN meter_installation i ON i.organization_id = b.organization_id AND i.unit_id = u.id
      JOIN meter m ON m.organization_id = b.organization_id AND m.id = i.meter_id
        AND m.resource = ${resource}
      WHERE b.organization_id = ${organizationId}::uuid AND b.id = ${buildingId}::uuid) s
    WHERE s.last <> s.meter_id AND s.starts_at >= ${span.from}::timestamp AT TIME ZONE s.time_zone
      AND s.starts_at < ${span.to}::timestamp AT TIME ZONE s.time_zone
    ORDER BY s.starts_at DESC LIMIT ${MOST_MARKS}`;
}
