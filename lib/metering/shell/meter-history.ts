import { buildingsOf, inScope, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import type { Quantity } from "../core/reading";

/** What a stay began or ended with. */
export type StayReading = {
  readonly quantity: Quantity;
  readonly at: Date;
  readonly value: bigint;
};

/** A stretch in which a meter served a unit. */
export type MeterStay = {
  readonly id: string;
  readonly unitId: string;
  readonly unitLabel: string;
  readonly buildingName: string;
  readonly currency: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly first: readonly StayReading[];
  readonly last: readonly StayReading[];
  /** It is over, and nothing was read in its last three days. */
  readonly isClosingMissing: boolean;
  /** What was sold for the meter there: tokens, watt-hours and minor units. */
  readonly soldCount: number;
  readonly soldWh: bigint;
  readonly soldMinor: bigint;
};

type Told = { readonly quantity: Quantity; readonly at: string; readonly value: string };
type StayRow = Omit<MeterStay, "first" | "last"> & {
  readonly first: readonly Told[] | null;
  readonly last: readonly Told[] | null;
};

const MOST_STAYS = 100;

/** Where a meter served, the newest first, within a role's buildings. */
export async function listStaysOfMeter(
  scope: OrgScope,
  meterId: string,
): Promise<readonly MeterStay[]> {
  if (!isId(meterId)) return [];
  const rows = await inScope(scope, (tx) => readStays(tx, meterId));
  return rows.map((row) => ({
    ...row,
    first: (row.first ?? []).map(readingOf),
    last: (row.last ?? []).map(readingOf),
  }));
}

const readingOf = ({ quantity, at, value }: Told): StayReading => ({
  quantity,
  at: new Date(at),
  value: BigInt(value),
});

function readStays(tx: ScopedTx, meterId: string): Promise<StayRow[]> {
  const { organizationId } = tx.scope;
  const within = buildingsOf(tx.scope);
  return tx.db.$queryRaw<StayRow[]>`
    SELECT i.id, u.id AS "unitId", u.label AS "unitLabel", b.name AS "buildingName", b.currency,
      b.locale, b.time_zone AS "timeZone", i.starts_at AS "startsAt", i.ends_at AS "endsAt",
      opening.told AS first, closing.told AS last,
      i.ends_at IS NOT NULL AND coalesce(closing.newest, '-infinity')
        < i.ends_at - interval '3 days' AS "isClosingMissing",
      sold.count AS "soldCount", sold.wh AS "soldWh", sold.minor AS "soldMinor"
    FROM meter_installation i
    JOIN unit u ON u.organization_id = i.organization_id AND u.id = i.unit_id
    JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
    LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('quantity', q.quantity, 'at', f.at,
        'value', f.value::text) ORDER BY q.quantity) AS told
      FROM (VALUES ('register'), ('remaining')) q(quantity)
      CROSS JOIN LATERAL (SELECT r.at, r.value FROM reading r
        WHERE r.organization_id = i.organization_id AND r.meter_id = i.meter_id
          AND r.quantity = q.quantity AND r.at >= i.starts_at
          AND (i.ends_at IS NULL OR r.at < i.ends_at)
        ORDER BY r.at LIMIT 1) f) opening ON true
    LEFT JOIN LATERAL (SELECT max(f.at) AS newest, jsonb_agg(jsonb_build_object('quantity',
        q.quantity, 'at', f.at, 'value', f.value::text) ORDER BY q.quantity) AS told
      FROM (VALUES ('register'), ('remaining')) q(quantity)
      CROSS JOIN LATERAL (SELECT r.at, r.value FROM reading r
        WHERE r.organization_id = i.organization_id AND r.meter_id = i.meter_id
          AND r.quantity = q.quantity AND r.at >= i.starts_at
          AND (i.ends_at IS NULL OR r.at < i.ends_at)
        ORDER BY r.at DESC LIMIT 1) f) closing ON true
    CROSS JOIN LATERAL (SELECT count(*)::int AS count, coalesce(sum(p.energy_wh), 0)::bigint AS wh,
        coalesce(sum(p.amount_minor), 0)::bigint AS minor
      FROM purchase p WHERE p.organization_id = i.organization_id AND p.unit_id = i.unit_id
        AND p.installation_id = i.id AND p.issued_at IS NOT NULL) sold
    WHERE i.organization_id = ${organizationId}::uuid AND i.meter_id = ${meterId}::uuid
      AND (${within ? [...within] : null}::uuid[] IS NULL
        OR b.id = ANY (${within ? [...within] : null}::uuid[]))
    ORDER BY i.starts_at DESC LIMIT ${MOST_STAYS}`;
}

/** A value as it was read: counts, waits for a person, or was kept or dropped by one. */
export type ReadingOfMeter = {
  readonly at: Date;
  readonly quantity: Quantity;
  readonly value: bigint;
  readonly source: "resident" | "staff" | "import" | "gateway";
  readonly enteredBy: string | null;
  readonly recordedAt: Date;
  readonly state: "counts" | "waits" | "kept" | "dropped";
};

/** An hourly gateway's month of both quantities, and some more. */
const MOST_READINGS = 2_000;

/**
 * What a meter showed from one instant to before another, the newest first. Of a role that is
 * limited to buildings, what it showed while it served there.
 */
export function listReadingsOfMeter(
  scope: OrgScope,
  which: { readonly meterId: string; readonly from: Date; readonly to: Date },
): Promise<readonly ReadingOfMeter[]> {
  const { organizationId } = scope;
  const { meterId, from, to } = which;
  const within = buildingsOf(scope);
  const buildingIds = within && [...within];
  return inScope(scope, async (tx) =>
    isId(meterId)
      ? tx.db.$queryRaw<ReadingOfMeter[]>`
    SELECT shown.* FROM (
      SELECT r.at, r.quantity, r.value, r.source, r.entered_by AS "enteredBy",
        r.recorded_at AS "recordedAt", 'counts' AS state
      FROM reading r
      WHERE r.organization_id = ${organizationId}::uuid AND r.meter_id = ${meterId}::uuid
        AND r.at >= ${from} AND r.at < ${to}
      UNION ALL
      SELECT q.at, q.quantity, q.value, q.source, q.entered_by, q.recorded_at,
        coalesce(q.decision, 'waits')
      FROM reading_quarantine q
      WHERE q.organization_id = ${organizationId}::uuid AND q.meter_id = ${meterId}::uuid
        AND q.at >= ${from} AND q.at < ${to}) shown
    WHERE ${buildingIds}::uuid[] IS NULL OR EXISTS (SELECT FROM meter_installation i
      JOIN unit u ON u.organization_id = i.organization_id AND u.id = i.unit_id
      WHERE i.organization_id = ${organizationId}::uuid AND i.meter_id = ${meterId}::uuid
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> shown.at
        AND u.building_id = ANY (${buildingIds}::uuid[]))
    ORDER BY shown.at DESC, shown.quantity, shown.state LIMIT ${MOST_READINGS}`
      : [],
  );
}
