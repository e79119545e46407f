import { buildingsOf, type ScopedTx } from "@/lib/access";
import type { OrgScope, ResidentScope, SystemScope } from "@/lib/access/shared";
import type { CreditFacts } from "../core/estimate-credit";
import type { Quantity } from "../core/reading";

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

/** A reading older than this says nothing about today. */
const READINGS_DAYS = 120;
const DAY_MS = 86_400_000;
const PURCHASES_DAYS = 60;
/** Of a chart's days so many are recent; fewer than the least are no habit. */
const RECENT_DAYS = 30;
const LEAST_DAYS = 3;

/** As it is read: whole numbers and instants come as text, for JSON holds neither. */
type Row = {
  readonly buildingId: string;
  /** When the prepayment meter that serves the unit began to; null where none does. */
  readonly servesSince: Date | null;
  readonly purchases: readonly {
    readonly purchaseId: string;
    readonly at: string;
    readonly amountMinor: string;
    readonly energyWh: string;
  }[];
  readonly daily: { readonly days: number; readonly used: string | null };
  readonly readings: readonly {
    readonly quantity: Quantity;
    readonly at: string;
    readonly value: string;
  }[];
  readonly bought: readonly { readonly at: string; readonly energyWh: string }[];
};

/** What a unit's credit is worked out from; null for a unit that is not seen. One statement. */
export async function readCreditBasis(tx: Tx, asked: Asked): Promise<CreditBasis | null> {
  const row = await readRow(tx, asked);
  if (!row) return null;
  const { buildingId, servesSince } = row;
  const purchases = row.purchases.map(({ purchaseId, at, amountMinor, energyWh }) => ({
    purchaseId,
    at: new Date(at),
    amountMinor: BigInt(amountMinor),
    energyWh: BigInt(energyWh),
  }));
  const readings = row.readings.map(({ quantity, at, value }) => ({
    quantity,
    at: new Date(at),
    value: BigInt(value),
  }));
  return {
    buildingId,
    purchases,
    servesSince,
    last: purchases.at(-1) ?? null,
    dailyUseWh: dailyUse(row.daily),
    bought: row.bought.map(({ at, energyWh }) => ({
      at: new Date(at),
      energyWh: BigInt(energyWh),
    })),
    remaining: readings.findLast(({ quantity }) => quantity === "remaining") ?? null,
    registers: readings.filter(({ quantity }) => quantity === "register"),
  };
}

/** Null where the days are too few for a habit. */
function dailyUse({ days, used }: Row["daily"]): bigint | null {
  if (used === null || days < LEAST_DAYS) return null;
  const daily = BigInt(used) / BigInt(days);
  return daily > 0n ? daily : 1n;
}

/**
 * Purchases are those of the last 60 days, oldest first, or where there are none the last one ever;
 * those of who holds the unit now, and of a resident the own ones. Days of use are the newest ones
 * without the first and the last, which readings reach in part. Readings are those that count of
 * the meter's newest, and what a person kept instead of others.
 */
async function readRow(tx: Tx, { unitId, now }: Asked): Promise<Row | null> {
  const { scope } = tx;
  const { organizationId } = scope;
  const within = buildingsOf(scope);
  const leaseIds = scope.kind === "resident" ? [...scope.leaseIds] : null;
  // Said once more as values: the months of readings that are not asked are left out by them.
  const back = new Date(now.getTime() - READINGS_DAYS * DAY_MS);
  const [found] = await tx.db.$queryRaw<Row[]>`
    WITH asked AS (SELECT ${now}::timestamptz AS now),
    place AS MATERIALIZED (
      SELECT u.organization_id, u.id, u.building_id, served.id AS meter_id, served.starts_at,
        held.since::timestamp AT TIME ZONE b.time_zone AS held_since, asked.now,
        greatest(served.starts_at, held.since::timestamp AT TIME ZONE b.time_zone,
          ${back}::timestamptz) AS read_since
      FROM asked CROSS JOIN unit u
      JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
      LEFT JOIN LATERAL (SELECT m.id, i.starts_at FROM meter_installation i
        JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id
        WHERE i.organization_id = u.organization_id AND i.unit_id = u.id
          AND m.vending_key_id IS NOT NULL AND m.resource = 'electricity'
          AND tstzrange(i.starts_at, i.ends_at, '[)') @> asked.now
        ORDER BY i.starts_at DESC, i.id DESC LIMIT 1) served ON true
      CROSS JOIN LATERAL (SELECT min(l.starts_on) AS since,
          coalesce(bool_or(l.id = ANY (${leaseIds}::uuid[])), false) AS is_own
        FROM lease l
        WHERE l.organization_id = u.organization_id AND l.unit_id = u.id
          AND daterange(l.starts_on, l.ends_on, '[)')
            @> (asked.now AT TIME ZONE b.time_zone)::date) held
      WHERE u.organization_id = ${organizationId}::uuid AND u.id = ${unitId}::uuid
        AND (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[]))
        AND (${leaseIds}::uuid[] IS NULL OR held.is_own)),
    seen AS MATERIALIZED (SELECT p.id AS "purchaseId", p.issued_at AS at,
        p.amount_minor::text AS "amountMinor", p.energy_wh::text AS "energyWh"
      FROM place JOIN purchase p ON p.organization_id = place.organization_id
        AND p.unit_id = place.id AND p.issued_at <= place.now
      WHERE (place.held_since IS NULL OR p.issued_at >= place.held_since)
        AND (${leaseIds}::uuid[] IS NULL OR p.lease_id = ANY (${leaseIds}::uuid[]))
      ORDER BY p.issued_at DESC LIMIT 1000),
    known AS (SELECT d.day, sum(d.used) AS used FROM place
      JOIN usage_day d ON d.organization_id = place.organization_id AND d.unit_id = place.id
        AND d.resource = 'electricity' AND d.day <= place.now::date
        AND d.day >= (place.now - interval '90 days')::date
      WHERE place.held_since IS NULL OR d.day >= place.held_since::date
      GROUP BY d.day),
    recent AS (SELECT used FROM known WHERE day < (SELECT max(day) FROM known)
        AND day > (SELECT min(day) FROM known)
      ORDER BY day DESC LIMIT ${RECENT_DAYS}),
    readings AS (SELECT DISTINCT ON (quantity, at) quantity, at, value FROM (
        (SELECT r.quantity, r.at, r.value, NULL::timestamptz AS decided_at
          FROM place JOIN reading r ON r.organization_id = place.organization_id
            AND r.meter_id = place.meter_id AND r.quantity = 'remaining'
            AND r.at >= place.read_since AND r.at >= ${back} AND r.at <= ${now}
          ORDER BY r.at DESC LIMIT 1)
        UNION ALL
        (SELECT r.quantity, r.at, r.value, NULL
          FROM place JOIN reading r ON r.organization_id = place.organization_id
            AND r.meter_id = place.meter_id AND r.quantity = 'register'
            AND r.at >= place.read_since AND r.at >= ${back} AND r.at <= ${now}
          ORDER BY r.at DESC LIMIT 3000)
        UNION ALL
        SELECT q.quantity, q.at, q.value, q.decided_at
          FROM place JOIN reading_quarantine q ON q.organization_id = place.organization_id
            AND q.meter_id = place.meter_id AND q.decision = 'kept'
            AND q.at >= place.read_since AND q.at <= place.now) taken
      ORDER BY quantity, at, decided_at DESC NULLS LAST),
    bought AS (SELECT s.created_at AS at, (sum(r.amount_units) * 100)::bigint::text AS "energyWh"
      FROM place
      JOIN token_reservation r ON r.organization_id = place.organization_id
        AND r.meter_id = place.meter_id AND r.subclass = 0
      JOIN token_set s ON s.organization_id = r.organization_id AND s.id = r.token_set_id
        AND s.created_at > place.read_since
      JOIN meter_token k ON k.organization_id = r.organization_id
        AND k.token_set_id = r.token_set_id AND k.position = r.position
      WHERE NOT EXISTS (SELECT FROM meter_test t WHERE t.organization_id = s.organization_id
        AND t.token_set_id = s.id AND t.state IN ('asked', 'issued'))
      GROUP BY s.id, s.created_at)
    SELECT place.building_id AS "buildingId", place.starts_at AS "servesSince",
      (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.at), '[]') FROM seen s
        WHERE s.at >= least(place.now - make_interval(days => ${PURCHASES_DAYS}::int),
          (SELECT max(at) FROM seen))) AS purchases,
      (SELECT jsonb_build_object('days', count(*), 'used', sum(used)::bigint::text)
        FROM recent) AS daily,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('quantity', r.quantity, 'at', r.at,
        'value', r.value::text) ORDER BY r.at), '[]') FROM readings r) AS readings,
      (SELECT coalesce(jsonb_agg(to_jsonb(b) ORDER BY b.at), '[]') FROM bought b) AS bought
    FROM place`;
  return found ?? null;
}
