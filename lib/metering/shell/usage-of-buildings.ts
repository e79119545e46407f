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

/** What is let in buildings, from their days or months summed. Three statements. */
export async function readBuildings(tx: ScopedTx, wanted: Wanted): Promise<UsageRows> {
  const { before, span } = wanted;
  const resources = await readResources(tx, wanted);
  const resource = chosenResource(resources, wanted.resource);
  const which = { ...wanted, resource, span: { from: before.from, to: span.to } };
  const rows = wanted.by === "day" ? await readDays(tx, which) : await readMonths(tx, which);
  return {
    resources,
    resource,
    since: null,
    until: null,
    used: rows.map((row) => ({ ...row, knownDays: null })),
    bought: resource === "electricity" ? rows : [],
    marks: await readSwaps(tx, { ...which, span }),
  };
}

type Row = Omit<UsedIn, "knownDays"> & BoughtIn;
type Ask = Omit<Wanted, "before">;
const KINDS: string[] = [...LET_KINDS];

async function readResources(tx: ScopedTx, { buildingIds }: Wanted): Promise<readonly Resource[]> {
  const { organizationId } = tx.scope;
  const found = await tx.db.$queryRaw<{ readonly resource: Resource }[]>`
    SELECT resource FROM unnest(${[...RESOURCES]}::text[]) resource
    WHERE EXISTS (SELECT FROM building_month s WHERE s.organization_id = ${organizationId}::uuid
      AND s.building_id = ANY (${buildingIds}::uuid[]) AND s.resource = resource.resource
      AND s.unit_kind = ANY (${KINDS}::text[]))`;
  return RESOURCES.filter((one) => found.some(({ resource }) => resource === one));
}

/**
 * Sums of days. What was sold comes from the sums up to the newest day with a sale that they have,
 * and from the sales themselves from that day on: no sale is left out for a sum that lags behind.
 */
function readDays(tx: ScopedTx, { buildingIds, resource, span }: Ask): Promise<Row[]> {
  const { organizationId } = tx.scope;
  return tx.db.$queryRaw<Row[]>`
    WITH place AS MATERIALIZED (SELECT b.id, b.time_zone, coalesce((SELECT max(n.day)
        FROM unnest(${KINDS}::text[]) kind
        CROSS JOIN LATERAL (SELECT s.day FROM building_day s
          WHERE s.organization_id = b.organization_id AND s.building_id = b.id
            AND s.resource = 'electricity' AND s.unit_kind = kind AND s.sold_count > 0
          ORDER BY s.day DESC LIMIT 1) n), DATE '1970-01-01') AS newest
      FROM building b WHERE b.organization_id = ${organizationId}::uuid
        AND b.id = ANY (${buildingIds}::uuid[])),
    happened AS (
      SELECT s.day, s.used, s.measured_units, s.estimated_units, s.basis_at,
        CASE WHEN s.day < place.newest THEN s.sold ELSE 0 END AS sold,
        CASE WHEN s.day < place.newest THEN s.sold_minor ELSE 0 END AS sold_minor
      FROM place JOIN building_day s ON s.organization_id = ${organizationId}::uuid
        AND s.building_id = place.id AND s.resource = ${resource}
        AND s.unit_kind = ANY (${KINDS}::text[])
        AND s.day >= ${span.from}::date AND s.day < ${span.to}::date
      UNION ALL
      SELECT (p.issued_at AT TIME ZONE place.time_zone)::date, 0, 0, 0, NULL, p.energy_wh,
        p.amount_minor
      FROM place JOIN purchase p ON p.organization_id = ${organizationId}::uuid
        AND p.building_id = place.id
      JOIN unit u ON u.organization_id = p.organization_id AND u.id = p.unit_id
        AND u.kind = ANY (${KINDS}::text[])
      WHERE p.issued_at >= greatest(place.newest, ${span.from}::date)::timestamp
          AT TIME ZONE place.time_zone
        AND p.issued_at < ${span.to}::timestamp AT TIME ZONE place.time_zone)
    SELECT day::text AS from, sum(used)::bigint AS used, sum(measured_units)::int AS measured,
      sum(estimated_units)::int AS estimated, max(basis_at) AS "basisAt",
      sum(sold)::bigint AS "energyWh", sum(sold_minor)::bigint AS "costMinor"
    FROM happened GROUP BY day ORDER BY day`;
}

/** The same of months, or of years by their months; the newest month less the days after. */
function readMonths(tx: ScopedTx, { buildingIds, resource, by, span }: Ask): Promise<Row[]> {
  const { organizationId } = tx.scope;
  return tx.db.$queryRaw<Row[]>`
    WITH place AS MATERIALIZED (SELECT b.id, b.time_zone, coalesce((SELECT max(n.day)
        FROM unnest(${KINDS}::text[]) kind
        CROSS JOIN LATERAL (SELECT s.day FROM building_day s
          WHERE s.organization_id = b.organization_id AND s.building_id = b.id
            AND s.resource = 'electricity' AND s.unit_kind = kind AND s.sold_count > 0
          ORDER BY s.day DESC LIMIT 1) n), DATE '1970-01-01') AS newest
      FROM building b WHERE b.organization_id = ${organizationId}::uuid
        AND b.id = ANY (${buildingIds}::uuid[])),
    happened AS (
      SELECT s.day, s.used, s.measured_units, s.estimated_units, s.basis_at, s.sold, s.sold_minor
      FROM building_month s WHERE s.organization_id = ${organizationId}::uuid
        AND s.building_id = ANY (${buildingIds}::uuid[]) AND s.resource = ${resource}
        AND s.unit_kind = ANY (${KINDS}::text[])
        AND s.day >= ${span.from}::date AND s.day < ${span.to}::date
      UNION ALL
      SELECT s.day, 0, 0, 0, NULL, -s.sold, -s.sold_minor
      FROM place JOIN building_day s ON s.organization_id = ${organizationId}::uuid
        AND s.building_id = place.id AND s.resource = ${resource}
        AND s.unit_kind = ANY (${KINDS}::text[]) AND s.day >= place.newest
        AND s.day >= ${span.from}::date AND s.day < ${span.to}::date
      UNION ALL
      SELECT (p.issued_at AT TIME ZONE place.time_zone)::date, 0, 0, 0, NULL, p.energy_wh,
        p.amount_minor
      FROM place JOIN purchase p ON p.organization_id = ${organizationId}::uuid
        AND p.building_id = place.id
      JOIN unit u ON u.organization_id = p.organization_id AND u.id = p.unit_id
        AND u.kind = ANY (${KINDS}::text[])
      WHERE p.issued_at >= greatest(place.newest, ${span.from}::date)::timestamp
          AT TIME ZONE place.time_zone
        AND p.issued_at < ${span.to}::timestamp AT TIME ZONE place.time_zone)
    SELECT date_trunc(${by}, day)::date::text AS from, sum(used)::bigint AS used,
      sum(measured_units)::int AS measured, sum(estimated_units)::int AS estimated,
      max(basis_at) AS "basisAt", sum(sold)::bigint AS "energyWh",
      sum(sold_minor)::bigint AS "costMinor"
    FROM happened GROUP BY 1 ORDER BY 1`;
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
