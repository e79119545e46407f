import { buildingsOf, type ScopedTx } from "@/lib/access";
import type { OrgScope, ResidentScope, SystemScope } from "@/lib/access/shared";
import type { CreditFacts } from "../core/estimate-credit";
import type { Quantity, RegisterValue } from "../core/reading";
import { listBought } from "./effective-readings";

/** The last purchase of a unit: how much for how much. */
export type LastPurchase = {
  readonly purchaseId: string;
  readonly at: Date;
  readonly amountMinor: bigint;
  readonly energyWh: bigint;
};

export type CreditBasis = Omit<CreditFacts, "now"> & {
  readonly buildingId: string;
  readonly last: LastPurchase | null;
};

type Asked = { readonly unitId: string; readonly now: Date };
type Tx = ScopedTx<OrgScope | ResidentScope | SystemScope>;

const DAY_MS = 86_400_000;
const PURCHASES_MS = 60 * DAY_MS;
/** A reading older than this says nothing about today. */
const READINGS_MS = 120 * DAY_MS;
/** Of a chart's days so many are recent; fewer than the least are no habit. */
const RECENT_DAYS = 30;
const LEAST_DAYS = 3;

/** What a unit's credit is worked out from; null for a unit that is not seen. Five statements. */
export async function readCreditBasis(tx: Tx, asked: Asked): Promise<CreditBasis | null> {
  const place = await findPlace(tx, asked);
  if (!place) return null;
  const { buildingId, meterId, servesSince, heldSince } = place;
  const purchases = await listPurchases(tx, { ...asked, heldSince });
  const basis = { buildingId, purchases, servesSince, last: purchases.at(-1) ?? null };
  const dailyUseWh = await findDailyUse(tx, { ...asked, heldSince });
  if (meterId === null || servesSince === null) {
    return { ...basis, dailyUseWh, bought: [], remaining: null, registers: [] };
  }
  const back = new Date(asked.now.getTime() - READINGS_MS);
  const since = [servesSince, heldSince ?? back].reduce((a, b) => (a > b ? a : b), back);
  const readings = await listReadings(tx, { meterId, since, now: asked.now });
  const registers = readings.filter(({ quantity }) => quantity === "register");
  const remaining = readings.findLast(({ quantity }) => quantity === "remaining") ?? null;
  const bought = await listBought(tx, [meterId], since);
  return { ...basis, dailyUseWh, bought, remaining, registers };
}

type Place = {
  readonly buildingId: string;
  /** The prepayment meter that serves the unit. */
  readonly meterId: string | null;
  readonly servesSince: Date | null;
  /** When the first of those who hold it now came; null for a unit that nobody holds. */
  readonly heldSince: Date | null;
};

async function findPlace(tx: Tx, { unitId, now }: Asked): Promise<Place | null> {
  const { scope } = tx;
  const within = buildingsOf(scope);
  const buildingIds = within && [...within];
  const leaseIds = scope.kind === "resident" ? [...scope.leaseIds] : null;
  const [found] = await tx.db.$queryRaw<Place[]>`
    SELECT u.building_id AS "buildingId", served.id AS "meterId",
      served.starts_at AS "servesSince",
      held.since::timestamp AT TIME ZONE b.time_zone AS "heldSince"
    FROM unit u
    JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
    LEFT JOIN LATERAL (SELECT m.id, i.starts_at FROM meter_installation i
      JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id
      WHERE i.organization_id = u.organization_id AND i.unit_id = u.id
        AND m.vending_key_id IS NOT NULL AND m.resource = 'electricity'
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> ${now}::timestamptz
      ORDER BY i.starts_at DESC, i.id DESC LIMIT 1) served ON true
    CROSS JOIN LATERAL (SELECT min(l.starts_on) AS since,
        coalesce(bool_or(l.id = ANY (${leaseIds}::uuid[])), false) AS "isOwn"
      FROM lease l
      WHERE l.organization_id = u.organization_id AND l.unit_id = u.id
        AND daterange(l.starts_on, l.ends_on, '[)')
          @> (${now}::timestamptz AT TIME ZONE b.time_zone)::date) held
    WHERE u.organization_id = ${scope.organizationId}::uuid AND u.id = ${unitId}::uuid
      AND (${buildingIds}::uuid[] IS NULL OR b.id = ANY (${buildingIds}::uuid[]))
      AND (${leaseIds}::uuid[] IS NULL OR held."isOwn")`;
  return found ?? null;
}

type Held = Asked & { readonly heldSince: Date | null };

/**
 * Of the last 60 days, oldest first; where there are none, the last one ever. Those of who holds
 * the unit now, and of a resident the own ones.
 */
function listPurchases(tx: Tx, asked: Held): Promise<readonly LastPurchase[]> {
  const { scope } = tx;
  const { organizationId } = scope;
  const { unitId, now, heldSince } = asked;
  const leaseIds = scope.kind === "resident" ? [...scope.leaseIds] : null;
  const since = new Date(now.getTime() - PURCHASES_MS);
  return tx.db.$queryRaw<LastPurchase[]>`
    WITH seen AS (SELECT id AS "purchaseId", issued_at AS at, amount_minor AS "amountMinor",
        energy_wh AS "energyWh"
      FROM purchase
      WHERE organization_id = ${organizationId}::uuid AND unit_id = ${unitId}::uuid
        AND issued_at IS NOT NULL AND issued_at <= ${now}
        AND (${heldSince}::timestamptz IS NULL OR issued_at >= ${heldSince}::timestamptz)
        AND (${leaseIds}::uuid[] IS NULL OR lease_id = ANY (${leaseIds}::uuid[]))
      ORDER BY issued_at DESC LIMIT 1000)
    SELECT * FROM seen WHERE at >= least(${since}::timestamptz, (SELECT max(at) FROM seen))
    ORDER BY at`;
}

/**
 * The newest days of use of the unit; null where they are too few for a habit. The first and the
 * last are left out: readings reach them in part.
 */
async function findDailyUse(tx: Tx, { unitId, now, heldSince }: Held): Promise<bigint | null> {
  const { organizationId } = tx.scope;
  const [known] = await tx.db.$queryRaw<{ readonly days: number; readonly used: bigint | null }[]>`
    WITH known AS (SELECT d.day, sum(d.used) AS used FROM usage_day d
      WHERE d.organization_id = ${organizationId}::uuid AND d.unit_id = ${unitId}::uuid
        AND d.resource = 'electricity' AND d.day <= ${now}::timestamptz::date
        AND d.day >= (${now}::timestamptz - INTERVAL '90 days')::date
        AND (${heldSince}::timestamptz IS NULL OR d.day >= ${heldSince}::timestamptz::date)
      GROUP BY d.day)
    SELECT count(*)::int AS days, sum(used)::bigint AS used FROM (
      SELECT used FROM known WHERE day < (SELECT max(day) FROM known)
        AND day > (SELECT min(day) FROM known)
      ORDER BY day DESC LIMIT ${RECENT_DAYS}) recent`;
  if (!known || known.used === null || known.days < LEAST_DAYS) return null;
  const daily = known.used / BigInt(known.days);
  return daily > 0n ? daily : 1n;
}

type Read = RegisterValue & { readonly quantity: Quantity };

/** What counts of a meter's newest readings, oldest first; what a person kept instead of others. */
async function listReadings(
  tx: Tx,
  which: { readonly meterId: string; readonly since: Date; readonly now: Date },
): Promise<readonly Read[]> {
  const { organizationId } = tx.scope;
  const { meterId, since, now } = which;
  const newest = await tx.db.$queryRaw<Read[]>`
    SELECT DISTINCT ON (quantity, at) quantity, at, value FROM (
      (SELECT quantity, at, value, NULL::timestamptz AS decided_at FROM reading
        WHERE organization_id = ${organizationId}::uuid AND meter_id = ${meterId}::uuid
          AND quantity = 'remaining' AND at >= ${since} AND at <= ${now}
        ORDER BY at DESC LIMIT 1)
      UNION ALL
      (SELECT quantity, at, value, NULL FROM reading
        WHERE organization_id = ${organizationId}::uuid AND meter_id = ${meterId}::uuid
          AND quantity = 'register' AND at >= ${since} AND at <= ${now}
        ORDER BY at DESC LIMIT 3000)
      UNION ALL
      SELECT quantity, at, value, decided_at FROM reading_quarantine
        WHERE organization_id = ${organizationId}::uuid AND meter_id = ${meterId}::uuid
          AND decision = 'kept' AND at >= ${since} AND at <= ${now}) known
    ORDER BY quantity, at, decided_at DESC NULLS LAST`;
  return newest.toSorted((one, other) => one.at.getTime() - other.at.getTime());
}
