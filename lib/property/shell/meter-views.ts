import { inScope, type ScopedTx } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import type { Resource } from "../core/resource";
import type { MeterProof } from "./find-served-meter";

export type MeterView = {
  readonly id: string;
  readonly meterNumber: string;
  readonly status: "active" | "blocked" | "archived";
  readonly resource: Resource;
  /** `read`: nothing is sold for it, and so its number is claimed by nobody. */
  readonly proof: MeterProof | "read";
  /** A contested number that another organization has proved: only the operator can help. */
  readonly isProvedElsewhere: boolean;
  readonly claimedAt: Date | null;
  /** Null for a meter that is only read. */
  readonly key: {
    readonly tariffIndex: number;
    readonly supplyGroupCode: string;
    readonly keyRevisionNumber: number;
    readonly isPractice: boolean;
  } | null;
  /** What it serves now; null for a meter that is not installed. */
  readonly unitId: string | null;
  readonly unitLabel: string | null;
  readonly buildingId: string | null;
  readonly buildingName: string | null;
};

export type MeterList = {
  readonly meters: readonly MeterView[];
  /** Those that are archived are counted beside the others, and not among them. */
  readonly counts: Readonly<Record<MeterProof | "archived", number>>;
};

/** The last meter of a page, after which the next one begins. */
export type MeterCursor = { readonly proof: MeterProof | "read"; readonly meterNumber: string };

type Wanted = {
  readonly proof?: MeterProof | null;
  /** True for those that are archived alone; they are in no other list. */
  readonly isArchived?: boolean;
  /** How a number begins; "" for all. */
  readonly number?: string;
  readonly after?: MeterCursor | null;
  readonly take: number;
  readonly now: Date;
};

/** What needs a person first; what is only read comes last. */
const PROOFS = ["contested", "claimed", "verified", "read"] as const;

/**
 * The meters of an organization, what needs a person first, each state by number, from after a
 * cursor; and how many there are of each.
 */
export function listMeters(scope: Scope, wanted: Wanted): Promise<MeterList> {
  return inScope(scope, async (tx) => ({
    meters: await readPage(tx, wanted),
    counts: await countMeters(tx, wanted.now),
  }));
}

/** One meter; null for another organization's, and for one outside a role's buildings. */
export async function findMeter(
  scope: Scope,
  meterId: string,
  now: Date,
): Promise<MeterView | null> {
  if (!isId(meterId)) return null;
  const [found] = await inScope(scope, (tx) => readMeters(tx, [meterId], now));
  return found ?? null;
}

/**
 * Which meters a page shows, by the directory's own order; of who is limited to buildings by those
 * that hang there. Then what is told of them, and of no others.
 */
async function readPage(tx: ScopedTx, wanted: Wanted): Promise<MeterView[]> {
  const { proof = null, number = "", after = null, take, now } = wanted;
  if (wanted.isArchived) return readArchived(tx, wanted);
  const { organizationId } = tx.scope;
  const within = buildingsOf(tx);
  // Longer than any number, which has digits and capitals, and behind all that begin so.
  const last = number.padEnd(41, "Z");
  const start = after ? PROOFS.indexOf(after.proof) : 0;
  const asked = PROOFS.slice(start).filter((one) => proof === null || one === proof);
  const from = (one: string) => (after?.proof === one ? after.meterNumber : "");
  const states = asked.map((one) => ({ state: one, rank: PROOFS.indexOf(one), after: from(one) }));
  const rows = await tx.db.$queryRaw<{ readonly id: string }[]>`
    WITH asked AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(states)}::jsonb)
      AS a(state text, rank int, after text)),
    here AS (SELECT m.id, m.meter_number, coalesce(d.state, 'read') AS state
      FROM unit u
      JOIN meter_installation i ON i.organization_id = u.organization_id AND i.unit_id = u.id
        AND i.starts_at <= ${now} AND (i.ends_at IS NULL OR i.ends_at > ${now})
      JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id
      LEFT JOIN meter_directory d ON d.meter_number = m.meter_number
        AND d.belongs_to = m.organization_id AND m.vending_key_id IS NOT NULL
      WHERE ${within !== null} AND u.organization_id = ${organizationId}::uuid
        AND u.building_id = ANY (${within}::uuid[]))
    SELECT found.id FROM asked CROSS JOIN LATERAL (
      (SELECT d.meter_id AS id, d.meter_number FROM meter_directory d
        JOIN meter m ON m.organization_id = d.belongs_to AND m.id = d.meter_id
          AND m.status <> 'archived'
        WHERE ${within === null} AND asked.state <> 'read'
          AND d.belongs_to = ${organizationId}::uuid AND d.state = asked.state
          AND d.meter_number > asked.after
          AND d.meter_number >= ${number} AND d.meter_number <= ${last}
        ORDER BY d.meter_number LIMIT ${take})
      UNION ALL
      (SELECT m.id, m.meter_number FROM meter m
        WHERE ${within === null} AND asked.state = 'read'
          AND m.organization_id = ${organizationId}::uuid AND m.vending_key_id IS NULL
          AND m.status <> 'archived' AND m.meter_number > asked.after
          AND m.meter_number >= ${number} AND m.meter_number <= ${last}
        ORDER BY m.meter_number LIMIT ${take})
      UNION ALL
      (SELECT h.id, h.meter_number FROM here h
        WHERE h.state = asked.state AND h.meter_number > asked.after
          AND h.meter_number >= ${number} AND h.meter_number <= ${last}
        ORDER BY h.meter_number LIMIT ${take})) found
    ORDER BY asked.rank, found.meter_number LIMIT ${take}`;
  const ids = rows.map(({ id }) => id);
  const views = new Map((await readMeters(tx, ids, now)).map((view) => [view.id, view]));
  return ids.flatMap((id) => views.get(id) ?? []);
}

/** Archived meters by number; they hang nowhere, and so are not for who is limited to buildings. */
async function readArchived(tx: ScopedTx, wanted: Wanted): Promise<MeterView[]> {
  if (buildingsOf(tx) !== null) return [];
  const { number = "", after = null, take, now } = wanted;
  const rows = await tx.db.meter.findMany({
    where: {
      organizationId: tx.scope.organizationId,
      status: "archived",
      meterNumber: { startsWith: number, gt: after?.meterNumber ?? "" },
    },
    select: { id: true },
    orderBy: { meterNumber: "asc" },
    take,
  });
  const views = await readMeters(
    tx,
    rows.map(({ id }) => id),
    now,
  );
  return views.toSorted((one, other) => (one.meterNumber < other.meterNumber ? -1 : 1));
}

/** A meter without a unit belongs to no building, and so to nobody who is limited to some. */
const buildingsOf = ({ scope }: ScopedTx): string[] | null =>
  scope.kind === "organization" && scope.buildingIds !== null ? [...scope.buildingIds] : null;

/** What is told of meters, in no order; those within a role's buildings. */
function readMeters(
  tx: ScopedTx,
  meterIds: readonly string[],
  now: Date,
): Promise<readonly MeterView[]> {
  const { organizationId } = tx.scope;
  const buildingIds = buildingsOf(tx);
  return tx.db.$queryRaw<MeterView[]>`
    SELECT m.id, m.meter_number AS "meterNumber", m.status, coalesce(d.state, 'read') AS proof,
      d.claimed_at AS "claimedAt", m.resource,
      CASE WHEN k.id IS NOT NULL THEN jsonb_build_object('tariffIndex', m.tariff_index,
        'supplyGroupCode', k.supply_group_code, 'keyRevisionNumber', k.key_revision_number,
        'isPractice', k.is_practice) END AS key, u.id AS "unitId", u.label AS "unitLabel",
      b.id AS "buildingId", b.name AS "buildingName",
      EXISTS (SELECT FROM meter_directory o WHERE o.meter_number = m.meter_number
        AND o.state = 'verified' AND o.belongs_to <> m.organization_id) AS "isProvedElsewhere"
    FROM meter m
    LEFT JOIN meter_directory d ON d.meter_number = m.meter_number
      AND d.belongs_to = m.organization_id AND m.vending_key_id IS NOT NULL
    LEFT JOIN vending_key k ON k.organization_id = m.organization_id AND k.id = m.vending_key_id
    LEFT JOIN meter_installation i ON i.organization_id = m.organization_id AND i.meter_id = m.id
      AND tstzrange(i.starts_at, i.ends_at, '[)') @> ${now}::timestamptz
    LEFT JOIN unit u ON u.organization_id = m.organization_id AND u.id = i.unit_id
    LEFT JOIN building b ON b.organization_id = m.organization_id AND b.id = u.building_id
    WHERE m.organization_id = ${organizationId}::uuid AND m.id = ANY (${meterIds}::uuid[])
      AND (${buildingIds}::uuid[] IS NULL OR b.id = ANY (${buildingIds}::uuid[]))`;
}

/** By the directory alone; of who is limited to buildings, by the meters that hang there. */
async function countMeters(tx: ScopedTx, now: Date): Promise<MeterList["counts"]> {
  const { organizationId } = tx.scope;
  const within = buildingsOf(tx);
  const counted = await tx.db.$queryRaw<{ proof: string; count: number }[]>`
    SELECT d.state AS proof, count(*)::int AS count FROM meter_directory d
     WHERE ${within === null} AND d.belongs_to = ${organizationId}::uuid
     GROUP BY d.state
    UNION ALL
    SELECT d.state, -count(*)::int FROM meter m
      JOIN meter_directory d ON d.meter_number = m.meter_number
        AND d.belongs_to = m.organization_id AND m.vending_key_id IS NOT NULL
     WHERE ${within === null} AND m.organization_id = ${organizationId}::uuid
       AND m.status = 'archived'
     GROUP BY d.state
    UNION ALL
    SELECT 'archived', count(*)::int FROM meter m
     WHERE ${within === null} AND m.organization_id = ${organizationId}::uuid
       AND m.status = 'archived'
    UNION ALL
    SELECT d.state, count(*)::int
      FROM unit u
      JOIN meter_installation i ON i.organization_id = u.organization_id AND i.unit_id = u.id
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> ${now}::timestamptz
      JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id
      JOIN meter_directory d ON d.meter_number = m.meter_number
        AND d.belongs_to = m.organization_id AND m.vending_key_id IS NOT NULL
     WHERE ${within !== null} AND u.organization_id = ${organizationId}::uuid
       AND u.building_id = ANY (${within}::uuid[])
     GROUP BY d.state`;
  const of = (proof: string) =>
    counted.filter((each) => each.proof === proof).reduce((sum, { count }) => sum + count, 0);
  return {
    contested: of("contested"),
    claimed: of("claimed"),
    verified: of("verified"),
    archived: of("archived"),
  };
}

export type VendingKeyView = {
  readonly id: string;
  readonly supplyGroupCode: string;
  readonly keyRevisionNumber: number;
  readonly isPractice: boolean;
};

const MOST_KEYS = 50;

/** The vending keys an organization may register meters under, by supply group. */
export function listVendingKeys(scope: Scope): Promise<readonly VendingKeyView[]> {
  const { organizationId } = scope;
  return inScope(scope, (tx) =>
    tx.db.vendingKey.findMany({
      where: { organizationId },
      select: { id: true, supplyGroupCode: true, keyRevisionNumber: true, isPractice: true },
      orderBy: [{ supplyGroupCode: "asc" }, { keyRevisionNumber: "asc" }],
      take: MOST_KEYS,
    }),
  );
}
