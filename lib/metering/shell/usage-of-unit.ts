import { buildingsOf, inScope, type ScopedTx } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import { civilDayAt } from "@/lib/property";
import {
  type BoughtOn,
  type CivilSpan,
  type UsagePeriod,
  type UsageScale,
  type UsedOn,
  usagePeriods,
} from "../core/usage-periods";

/** What changed in a unit on a day, so that its use is read with it. */
export type UsageMark = {
  readonly day: string;
  readonly kind: "lease-began" | "lease-ended" | "meter-swapped";
};

export type UnitUsage = {
  readonly periods: readonly UsagePeriod[];
  readonly marks: readonly UsageMark[];
};

type Wanted = CivilSpan & {
  readonly unitId: string;
  readonly by: UsageScale;
  readonly now: Date;
};

/**
 * What a unit bought and used in a span of its building's own days. Staff see it within their
 * buildings, a resident on the days of the leases held. Null for a unit that the scope does not
 * see.
 */
export function usageOfUnit(scope: Scope, wanted: Wanted): Promise<UnitUsage | null> {
  const { unitId, by, from, to, now } = wanted;
  return inScope(scope, async (tx) => {
    const timeZone = isId(unitId) ? await findZone(tx, unitId) : null;
    if (timeZone === null) return null;
    const span = { from, to };
    const [used, bought, marks] = [
      await readUsed(tx, unitId, span),
      await readBought(tx, { unitId, span, timeZone }),
      await readMarks(tx, { unitId, span, timeZone }),
    ];
    const today = civilDayAt(now, timeZone);
    const seesMoney = scope.kind !== "organization" || scope.permissions.includes("sale:read");
    return { periods: usagePeriods({ span, by, today, used, bought, seesMoney }), marks };
  });
}

/** A resident's leases as a list of ids; null for staff, who are not limited by any. */
const leasesOf = ({ scope }: ScopedTx): string[] | null =>
  scope.kind === "resident" ? [...scope.leaseIds] : null;

async function findZone(tx: ScopedTx, unitId: string): Promise<string | null> {
  const { scope } = tx;
  if (scope.kind === "guest" || scope.kind === "endpoint") return null;
  const within = buildingsOf(scope);
  const buildingIds = within && [...within];
  const leaseIds = leasesOf(tx);
  const [found] = await tx.db.$queryRaw<{ readonly timeZone: string }[]>`
    SELECT b.time_zone AS "timeZone" FROM unit u
    JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
    WHERE u.organization_id = ${scope.organizationId}::uuid AND u.id = ${unitId}::uuid
      AND (${buildingIds}::uuid[] IS NULL OR b.id = ANY (${buildingIds}::uuid[]))
      AND (${leaseIds}::uuid[] IS NULL OR EXISTS (SELECT FROM lease l
        WHERE l.organization_id = u.organization_id AND l.unit_id = u.id
          AND l.id = ANY (${leaseIds}::uuid[])))`;
  return found?.timeZone ?? null;
}

function readUsed(tx: ScopedTx, unitId: string, span: CivilSpan): Promise<readonly UsedOn[]> {
  const { organizationId } = tx.scope;
  const leaseIds = leasesOf(tx);
  return tx.db.$queryRaw<UsedOn[]>`
    SELECT d.day::text AS day, sum(d.used)::bigint AS used,
      bool_and(d.is_measured) AS "isMeasured", max(d.basis_at) AS "basisAt"
    FROM usage_day d
    WHERE d.organization_id = ${organizationId}::uuid AND d.unit_id = ${unitId}::uuid
      AND d.day >= ${span.from}::date AND d.day < ${span.to}::date
      AND (${leaseIds}::uuid[] IS NULL OR EXISTS (SELECT FROM lease l
        WHERE l.organization_id = d.organization_id AND l.unit_id = d.unit_id
          AND l.id = ANY (${leaseIds}::uuid[])
          AND daterange(l.starts_on, l.ends_on, '[)') @> d.day))
    GROUP BY d.day ORDER BY d.day`;
}

type InZone = { readonly unitId: string; readonly span: CivilSpan; readonly timeZone: string };

/** From the sales themselves, by the unit's own index: there is no rollup that could lag behind. */
function readBought(tx: ScopedTx, which: InZone): Promise<readonly BoughtOn[]> {
  const { organizationId } = tx.scope;
  const { unitId, span, timeZone } = which;
  const leaseIds = leasesOf(tx);
  return tx.db.$queryRaw<BoughtOn[]>`
    SELECT (p.issued_at AT TIME ZONE ${timeZone})::date::text AS day,
      sum(p.amount_minor)::bigint AS "costMinor",
      sum(p.energy_wh)::bigint AS "energyWh"
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

/** Leases that began or ended (a resident's own alone), and meters that came after another. */
function readMarks(tx: ScopedTx, which: InZone): Promise<readonly UsageMark[]> {
  const { organizationId } = tx.scope;
  const { unitId, span, timeZone } = which;
  const leaseIds = leasesOf(tx);
  return tx.db.$queryRaw<UsageMark[]>`
    SELECT day::text AS day, kind FROM (
      SELECT l.starts_on AS day, 'lease-began' AS kind FROM lease l
       WHERE l.organization_id = ${organizationId}::uuid AND l.unit_id = ${unitId}::uuid
         AND (${leaseIds}::uuid[] IS NULL OR l.id = ANY (${leaseIds}::uuid[]))
      UNION ALL
      SELECT l.ends_on, 'lease-ended' FROM lease l
       WHERE l.organization_id = ${organizationId}::uuid AND l.unit_id = ${unitId}::uuid
         AND (${leaseIds}::uuid[] IS NULL OR l.id = ANY (${leaseIds}::uuid[]))
      UNION ALL
      SELECT (i.starts_at AT TIME ZONE ${timeZone})::date, 'meter-swapped'
        FROM meter_installation i
       WHERE i.organization_id = ${organizationId}::uuid AND i.unit_id = ${unitId}::uuid
         AND EXISTS (SELECT FROM meter_installation o WHERE o.organization_id = i.organization_id
           AND o.unit_id = i.unit_id AND o.meter_id <> i.meter_id AND o.starts_at < i.starts_at)
    ) marks
    WHERE day >= ${span.from}::date AND day < ${span.to}::date
    ORDER BY day, kind LIMIT 100`;
}
