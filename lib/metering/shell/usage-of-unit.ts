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

type Place = {
  readonly timeZone: string;
  readonly resources: readonly Resource[];
  /** The first civil day on which a meter served, or on which the leases began. */
  readonly since: string | null;
  /** The first civil day on which no lease that is seen is held; null while there is none. */
  readonly until: string | null;
};

/** A unit's rows; null for one that the scope does not see. Four statements. */
export async function readUnit(tx: ScopedTx, wanted: Wanted): Promise<UsageRows | null> {
  const { before, span, by } = wanted;
  const place = await findPlace(tx, wanted);
  if (!place) return null;
  const resources = RESOURCES.filter((one) => place.resources.includes(one));
  const resource = chosenResource(resources, wanted.resource);
  const which = { ...wanted, ...place, resource, span: { from: before.from, to: span.to } };
  return {
    resources,
    resource,
    since: place.since,
    until: place.until,
    used: await readUsed(tx, which),
    bought: resource === "electricity" ? await readBought(tx, which) : [],
    marks: by === "year" ? [] : await readMarks(tx, { ...which, span }),
  };
}

async function findPlace(tx: ScopedTx, { unitId, leaseIds }: Wanted): Promise<Place | null> {
  const { organizationId } = tx.scope;
  const within = buildingsOf(tx.scope);
  const buildingIds = within && [...within];
  const [found] = await tx.db.$queryRaw<Place[]>`
    SELECT b.time_zone AS "timeZone", served.resources,
      greatest((served.since AT TIME ZONE b.time_zone)::date, held.since)::text AS since,
      held.until::text AS until
    FROM unit u
    JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
    CROSS JOIN LATERAL (SELECT min(i.starts_at) AS since,
        coalesce(array_agg(DISTINCT m.resource), '{}') AS resources
      FROM meter_installation i
      JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id
      WHERE i.organization_id = u.organization_id AND i.unit_id = u.id) served
    CROSS JOIN LATERAL (SELECT min(l.starts_on) AS since,
        CASE WHEN bool_and(l.ends_on IS NOT NULL) THEN max(l.ends_on) END AS until
      FROM lease l
      WHERE l.organization_id = u.organization_id AND l.unit_id = u.id
        AND l.id = ANY (${leaseIds}::uuid[])) held
    WHERE u.organization_id = ${organizationId}::uuid AND u.id = ${unitId}::uuid
      AND (${buildingIds}::uuid[] IS NULL OR b.id = ANY (${buildingIds}::uuid[]))
      AND (${leaseIds}::uuid[] IS NULL OR held.since IS NOT NULL)`;
  return found ?? null;
}

type Ask = Omit<Wanted, "before"> & { readonly timeZone: string };

function readUsed(tx: ScopedTx, which: Ask): Promise<readonly UsedIn[]> {
  const { organizationId } = tx.scope;
  const { unitId, leaseIds, by, span, resource } = which;
  return tx.db.$queryRaw<UsedIn[]>`
    SELECT date_trunc(${by}, d.day)::date::text AS from, sum(d.used)::bigint AS used,
      (count(*) FILTER (WHERE d.is_measured))::int AS measured,
      (count(*) FILTER (WHERE NOT d.is_measured))::int AS estimated,
      count(DISTINCT d.day)::int AS "knownDays", max(d.basis_at) AS "basisAt"
    FROM usage_day d
    WHERE d.organization_id = ${organizationId}::uuid AND d.unit_id = ${unitId}::uuid
      AND d.resource = ${resource}
      AND d.day >= ${span.from}::date AND d.day < ${span.to}::date
      AND (${leaseIds}::uuid[] IS NULL OR EXISTS (SELECT FROM lease l
        WHERE l.organization_id = d.organization_id AND l.unit_id = d.unit_id
          AND l.id = ANY (${leaseIds}::uuid[])
          AND daterange(l.starts_on, l.ends_on, '[)') @> d.day))
    GROUP BY 1 ORDER BY 1`;
}

/** From the sales themselves, by the unit's own index: there is no rollup that could lag behind. */
function readBought(tx: ScopedTx, which: Ask): Promise<readonly BoughtIn[]> {
  const { organizationId } = tx.scope;
  const { unitId, leaseIds, by, span, timeZone } = which;
  return tx.db.$queryRaw<BoughtIn[]>`
    SELECT date_trunc(${by}, p.issued_at AT TIME ZONE ${timeZone})::date::text AS from,
      sum(p.amount_minor)::bigint AS "costMinor", sum(p.energy_wh)::bigint AS "energyWh"
    FROM purchase p
    WHERE p.organization_id = ${organizationId}::uuid AND p.unit_id = ${unitId}::uuid
      AND p.issued_at >= ${span.from}::timestamp AT TIME ZONE ${timeZone}
      AND p.issued_at < ${span.to}::timestamp AT TIME ZONE ${timeZone}
      AND (${leaseIds}::uuid[] IS NULL OR EXISTS (SELECT FROM lease l
        WHERE l.organization_id = p.organization_id AND l.unit_id = p.unit_id
          AND l.id = ANY (${leaseIds}::uuid[]) AND (l.id = p.lease_id OR l.bed_id IS NOT NULL)
          AND daterange(l.starts_on, l.ends_on, '[)')
            @> (p.created_at AT TIME ZONE ${timeZone})::date))
    GROUP BY 1 ORDER BY 1`;
}

/**
 * Leases that began or ended (a resident's own alone), and meters that came after another of what
 * they count.
 */
function readMarks(tx: ScopedTx, which: Ask): Promise<readonly UsageMark[]> {
  const { organizationId } = tx.scope;
  const { unitId, leaseIds, span, timeZone, resource } = which;
  return tx.db.$queryRaw<UsageMark[]>`
    SELECT day::text AS day, kind, NULL AS "unitLabel" FROM (
      SELECT l.starts_on AS day, 'lease-began' AS kind FROM lease l
       WHERE l.organization_id = ${organizationId}::uuid AND l.unit_id = ${unitId}::uuid
         AND (${leaseIds}::uuid[] IS NULL OR l.id = ANY (${leaseIds}::uuid[]))
      UNION ALL
      SELECT l.ends_on, 'lease-ended' FROM lease l
       WHERE l.organization_id = ${organizationId}::uuid AND l.unit_id = ${unitId}::uuid
         AND (${leaseIds}::uuid[] IS NULL OR l.id = ANY (${leaseIds}::uuid[]))
      UNION ALL
      SELECT (i.starts_at AT TIME ZONE ${timeZone})::date, 'meter-swapped'
        FROM (SELECT i.starts_at, i.meter_id, lag(i.meter_id) OVER (ORDER BY i.starts_at) AS last
          FROM meter_installation i
          JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id
          WHERE i.organization_id = ${organizationId}::uuid AND i.unit_id = ${unitId}::uuid
            AND m.resource = ${resource}) i
       WHERE i.last <> i.meter_id
    ) marks
    WHERE day >= ${span.from}::date AND day < ${span.to}::date
    ORDER BY day, kind LIMIT 100`;
}
