import { inScope, type ScopedTx } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import type { Resource } from "../core/resource";
import type { MeterProof } from "./find-served-meter";

export type MeterView = {
  readonly id: string;
  readonly meterNumber: string;
  readonly status: "active" | "blocked";
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
  readonly counts: Readonly<Record<MeterProof, number>>;
};

type Wanted = {
  readonly proof?: MeterProof | null;
  readonly take: number;
  readonly now: Date;
};

/** The meters of an organization, what needs a person first, and how many there are of each. */
export function listMeters(scope: Scope, wanted: Wanted): Promise<MeterList> {
  return inScope(scope, async (tx) => {
    const { proof = null, take, now } = wanted;
    const meters = await readMeters(tx, { meterId: null, proof, take, now });
    return { meters, counts: await countMeters(tx, now) };
  });
}

/** One meter; null for another organization's, and for one outside a role's buildings. */
export async function findMeter(
  scope: Scope,
  meterId: string,
  now: Date,
): Promise<MeterView | null> {
  if (!isId(meterId)) return null;
  const wanted = { meterId, proof: null, take: 1, now };
  const [found] = await inScope(scope, (tx) => readMeters(tx, wanted));
  return found ?? null;
}

/** A meter without a unit belongs to no building, and so to nobody who is limited to some. */
const buildingsOf = ({ scope }: ScopedTx): string[] | null =>
  scope.kind === "organization" && scope.buildingIds !== null ? [...scope.buildingIds] : null;

function readMeters(
  tx: ScopedTx,
  wanted: Required<Wanted> & { readonly meterId: string | null },
): Promise<MeterView[]> {
  const { meterId, proof, take, now } = wanted;
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
    WHERE m.organization_id = ${organizationId}::uuid
      AND (${buildingIds}::uuid[] IS NULL OR b.id = ANY (${buildingIds}::uuid[]))
      AND (${meterId}::uuid IS NULL OR m.id = ${meterId}::uuid)
      AND (${proof}::text IS NULL OR d.state = ${proof})
    ORDER BY array_position(ARRAY['contested', 'claimed', 'verified'], d.state),
      b.name NULLS FIRST, u.label, m.meter_number
    LIMIT ${take}`;
}

async function countMeters(tx: ScopedTx, now: Date): Promise<MeterList["counts"]> {
  const { organizationId } = tx.scope;
  const buildingIds = buildingsOf(tx);
  const counted = await tx.db.$queryRaw<{ proof: MeterProof; count: number }[]>`
    SELECT d.state AS proof, count(*)::int AS count
      FROM meter m
      JOIN meter_directory d ON d.meter_number = m.meter_number
        AND d.belongs_to = m.organization_id AND m.vending_key_id IS NOT NULL
      LEFT JOIN meter_installation i ON i.organization_id = m.organization_id
        AND i.meter_id = m.id AND tstzrange(i.starts_at, i.ends_at, '[)') @> ${now}::timestamptz
      LEFT JOIN unit u ON u.organization_id = m.organization_id AND u.id = i.unit_id
     WHERE m.organization_id = ${organizationId}::uuid
       AND (${buildingIds}::uuid[] IS NULL OR u.building_id = ANY (${buildingIds}::uuid[]))
     GROUP BY d.state`;
  const of = (proof: MeterProof) => counted.find((each) => each.proof === proof)?.count ?? 0;
  return { contested: of("contested"), claimed: of("claimed"), verified: of("verified") };
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
