import { buildingsOf, inScope, inWorkerScope, type ScopedTx } from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { creditAt, runsOutAt, type StoredCredit } from "../core/credit-at";
import { type Estimate, estimateRemaining } from "../core/estimate-remaining";

/** The last purchase of a unit: how much for how much. */
export type LastPurchase = {
  readonly purchaseId: string;
  readonly at: Date;
  readonly amountMinor: bigint;
  readonly energyWh: bigint;
};

export type UnitCredit = {
  readonly unitId: string;
  readonly estimate: Estimate;
  readonly last: LastPurchase | null;
};

type Row = StoredCredit & {
  readonly unitId: string;
  readonly lastPurchaseId: string | null;
  readonly lastPurchaseAt: Date | null;
  readonly lastAmountMinor: bigint | null;
  readonly lastEnergyWh: bigint | null;
};

const WINDOW_MS = 60 * 86_400_000;

/**
 * What the units of a building are believed to hold at an instant, by unit; those of which nothing
 * was ever worked out are not in it. From one row a unit, as the worker last left it.
 */
export async function listCredits(
  scope: OrgScope | SystemScope,
  { buildingId, now }: { readonly buildingId: string; readonly now: Date },
): Promise<ReadonlyMap<string, UnitCredit>> {
  const within = buildingsOf(scope);
  const rows = await inScope(
    scope,
    (tx) => tx.db.$queryRaw<Row[]>`
      SELECT unit_id AS "unitId", basis, basis_at AS "basisAt", as_of AS "asOf",
        remaining_wh AS "remainingWh", daily_use_wh AS "dailyUseWh",
        last_purchase_id AS "lastPurchaseId", last_purchase_at AS "lastPurchaseAt",
        last_amount_minor AS "lastAmountMinor", last_energy_wh AS "lastEnergyWh"
      FROM unit_credit
      WHERE organization_id = ${scope.organizationId}::uuid AND building_id = ${buildingId}::uuid
        AND (${within}::uuid[] IS NULL OR building_id = ANY (${within}::uuid[]))`,
  );
  return new Map(rows.map((row) => [row.unitId, creditOf(row, now)]));
}

function creditOf(row: Row, now: Date): UnitCredit {
  const { unitId, lastPurchaseId: purchaseId, lastPurchaseAt: at } = row;
  const amountMinor = row.lastAmountMinor;
  const energyWh = row.lastEnergyWh;
  const last =
    purchaseId && at && amountMinor !== null && energyWh !== null
      ? { purchaseId, at, amountMinor, energyWh }
      : null;
  return { unitId, estimate: creditAt(row, now), last };
}

/** Works a unit's credit out anew, after a sale or a reading; one at a time for a unit. */
export function refreshCredit(scope: SystemScope, unitId: string, now: Date): Promise<void> {
  const { organizationId } = scope;
  return inWorkerScope(scope, async (tx) => {
    const unit = await tx.db.unit.findUnique({
      where: { organizationId_id: { organizationId, id: unitId } },
      select: { buildingId: true },
    });
    if (!unit) return;
    await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${unitId}, 1))::text`;
    const purchases = await listPurchases(tx, unitId, now);
    const last = purchases.at(-1);
    const estimate = estimateRemaining({ purchases, now });
    const { basis } = estimate;
    const known = basis === "unknown" ? { ...NOTHING, basis } : estimate;
    const stored: StoredCredit = { ...known, asOf: now };
    const { basisAt, remainingWh, dailyUseWh } = stored;
    await tx.db.unitCredit.deleteMany({ where: { organizationId, unitId } });
    await tx.db.unitCredit.createMany({
      data: [
        {
          organizationId,
          unitId,
          buildingId: unit.buildingId,
          ...{ basis, basisAt, asOf: now, remainingWh, dailyUseWh },
          runsOutAt: runsOutAt(stored),
          lastPurchaseId: last?.purchaseId ?? null,
          lastPurchaseAt: last?.at ?? null,
          lastAmountMinor: last?.amountMinor ?? null,
          lastEnergyWh: last?.energyWh ?? null,
        },
      ],
    });
  });
}

const NOTHING = { basisAt: null, remainingWh: 0n, dailyUseWh: 0n } as const;

/** Of the last 60 days, oldest first; where there are none, the last one ever. */
function listPurchases(tx: ScopedTx, unitId: string, now: Date): Promise<readonly LastPurchase[]> {
  const { organizationId } = tx.scope;
  const since = new Date(now.getTime() - WINDOW_MS);
  return tx.db.$queryRaw<LastPurchase[]>`
    SELECT * FROM (
      SELECT id AS "purchaseId", issued_at AS at, amount_minor AS "amountMinor",
        energy_wh AS "energyWh"
      FROM purchase
      WHERE organization_id = ${organizationId}::uuid AND unit_id = ${unitId}::uuid
        AND issued_at IS NOT NULL AND issued_at <= ${now}
        AND issued_at >= least(${since}::timestamptz, (SELECT max(l.issued_at) FROM purchase l
          WHERE l.organization_id = ${organizationId}::uuid AND l.unit_id = ${unitId}::uuid
            AND l.issued_at IS NOT NULL AND l.issued_at <= ${now}))
    ) bought ORDER BY at`;
}
