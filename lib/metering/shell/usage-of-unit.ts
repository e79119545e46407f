import { buildingsOf, type ScopedTx } from "@/lib/access";
import { RESOURCES, type Resource } from "@/lib/property/shared";
import type { BoughtIn, CivilSpan, UsageScale, UsedIn } from "../core/usage-periods";
import { chosenResource } from "./chosen-resource";
import type { UsageMark, UsageRows } from "./usage-rows";

type Wanted = {
  readonly unitId: string;
  /** The leases whose days are seen; null for all days. */
  readonly leaseIds: string[] | null;
  readonly by: UsageScale;
  readonly span: CivilSpan;
  readonly before: CivilSpan;
  readonly resource: Resource;
};

// More do not fit into a chart.
const MOST_MARKS = 100;

/** A unit as it is read: whole numbers come as text, for JSON holds none so large. */
type Row = {
  readonly resources: readonly Resource[];
  /** The first civil day on which a meter served, or on which the leases began. */
  readonly since: string | null;
  /** The first civil day on which no lease that is seen is held; null while there is none. */
  readonly until: string | null;
  readonly used: readonly (Omit<UsedIn, "used" | "basisAt"> & {
    readonly used: string;
    readonly basisAt: string | null;
  })[];
  readonly bought: readonly {
    readonly from: string;
    readonly energyWh: string;
    readonly costMinor: string;
  }[];
  readonly marks: readonly Omit<UsageMark, "unitLabel">[];
};

/** A unit's rows; null for one that the scope does not see. One statement. */
export async function readUnit(tx: ScopedTx, wanted: Wanted): Promise<UsageRows | null> {
  const row = await readRow(tx, wanted);
  if (!row) return null;
  const resources = RESOURCES.filter((one) => row.resources.includes(one));
  const resource = chosenResource(resources, wanted.resource);
  const bought = row.bought.map(
    ({ from, energyWh, costMinor }): BoughtIn => ({
      from,
      energyWh: BigInt(energyWh),
      costMinor: BigInt(costMinor),
    }),
  );
  return {
    resources,
    resource,
    since: row.since,
    until: row.until,
    used: row.used.map(({ used, basisAt, ...one }) => ({
      ...one,
      used: BigInt(used),
      basisAt: basisAt === null ? null : new Date(basisAt),
    })),
    bought: resource === "electricity" ? bought : [],
    marks: wanted.by === "year" ? [] : row.marks.map((mark) => ({ ...mark, unitLabel: null })),
  };
}

/**
 * What was bought comes from the sales themselves, by the unit's own index: there is no rollup that
 * could lag behind. Marks are leases that began or ended (a resident's own alone), and meters that
 * came after another of what they count. Instants and the resource told of (as `chosenResource`
 * says) are worked out beforehand: under policies an index is not asked with a reckoning.
 */
async function readRow(tx: ScopedTx, wanted: Wanted): Promise<Row | null> {
  const { organizationId } = tx.scope;
  const { unitId, leaseIds, by, span, before, resource } = wanted;
  const within = buildingsOf(tx.scope);
  const [found] = await tx.db.$queryRaw<Row[]>`
    WITH here AS MATERIALIZED (SELECT u.organization_id, u.id, b.time_zone AS zone,
        ${before.from}::timestamp AT TIME ZONE b.time_zone AS sold_from,
        ${span.to}::timestamp AT TIME ZONE b.time_zone AS sold_to
      FROM unit u
      JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
      WHERE u.organization_id = ${organizationId}::uuid AND u.id = ${unitId}::uuid
        AND (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[]))),
    hung AS MATERIALIZED (SELECT i.starts_at, i.meter_id, m.resource
      FROM here u
      JOIN meter_installation i ON i.organization_id = u.organization_id AND i.unit_id = u.id
      JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id),
    chosen AS MATERIALIZED (SELECT coalesce((SELECT ${resource} FROM hung
        WHERE hung.resource = ${resource} LIMIT 1),
      (SELECT hung.resource FROM hung
        ORDER BY array_position(${[...RESOURCES]}::text[], hung.resource) LIMIT 1),
      'electricity') AS resource),
    held AS MATERIALIZED (SELECT l.id, l.bed_id, l.starts_on, l.ends_on, l.organization_id
      FROM here u JOIN lease l ON l.organization_id = u.organization_id AND l.unit_id = u.id
        AND (${leaseIds}::uuid[] IS NULL OR l.id = ANY (${leaseIds}::uuid[]))),
    used AS (SELECT date_trunc(${by}, d.day)::date::text AS from, sum(d.used)::text AS used,
        count(*) FILTER (WHERE d.is_measured) AS measured,
        count(*) FILTER (WHERE NOT d.is_measured) AS estimated,
        count(DISTINCT d.day) AS "knownDays", max(d.basis_at) AS "basisAt"
      FROM here u CROSS JOIN chosen
      JOIN usage_day d ON d.organization_id = u.organization_id AND d.unit_id = u.id
        AND d.resource = chosen.resource
        AND d.day >= ${before.from}::date AND d.day < ${span.to}::date
        AND (${leaseIds}::uuid[] IS NULL OR EXISTS (SELECT FROM held l
          WHERE daterange(l.starts_on, l.ends_on, '[)') @> d.day))
      GROUP BY 1),
    bought AS (SELECT date_trunc(${by}, p.issued_at AT TIME ZONE u.zone)::date::text AS from,
        sum(p.amount_minor)::text AS "costMinor", sum(p.energy_wh)::text AS "energyWh"
      FROM here u
      JOIN purchase p ON p.organization_id = u.organization_id AND p.unit_id = u.id
        AND p.issued_at >= u.sold_from AND p.issued_at < u.sold_to
        AND (${leaseIds}::uuid[] IS NULL OR EXISTS (SELECT FROM held l
          WHERE (l.id = p.lease_id OR l.bed_id IS NOT NULL)
            AND daterange(l.starts_on, l.ends_on, '[)')
              @> (p.created_at AT TIME ZONE u.zone)::date))
      GROUP BY 1),
    marks AS (SELECT day::text AS day, kind FROM (
        SELECT l.starts_on AS day, 'lease-began' AS kind FROM held l
        UNION ALL SELECT l.ends_on, 'lease-ended' FROM held l
        UNION ALL SELECT (i.starts_at AT TIME ZONE u.zone)::date, 'meter-swapped'
          FROM here u CROSS JOIN (SELECT h.starts_at, h.meter_id,
              lag(h.meter_id) OVER (ORDER BY h.starts_at) AS last
            FROM hung h JOIN chosen ON chosen.resource = h.resource) i
         WHERE i.last <> i.meter_id) happened
      WHERE day >= ${span.from}::date AND day < ${span.to}::date
      ORDER BY day, kind LIMIT ${MOST_MARKS})
    SELECT greatest((served.since AT TIME ZONE u.zone)::date, leased.since)::text AS since,
      leased.until::text AS until, served.resources,
      (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.from), '[]') FROM used r) AS used,
      (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.from), '[]') FROM bought r) AS bought,
      (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.day, r.kind), '[]') FROM marks r) AS marks
    FROM here u
    CROSS JOIN (SELECT min(h.starts_at) AS since,
      coalesce(array_agg(DISTINCT h.resource), '{}') AS resources FROM hung h) served
    CROSS JOIN (SELECT min(l.starts_on) AS since,
        CASE WHEN bool_and(l.ends_on IS NOT NULL) THEN max(l.ends_on) END AS until
      FROM held l WHERE ${leaseIds}::uuid[] IS NOT NULL) leased
    WHERE ${leaseIds}::uuid[] IS NULL OR leased.since IS NOT NULL`;
  return found ?? null;
}
