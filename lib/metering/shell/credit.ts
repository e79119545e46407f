import { buildingsOf, inScope, inWorkerScope } from "@/lib/access";
import type { OrgScope, ResidentScope, SystemScope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import { creditAt, runsOutAt, type StoredCredit } from "../core/credit-at";
import { estimateCredit } from "../core/estimate-credit";
import type { Estimate } from "../core/estimate-remaining";
import { type LastPurchase, readCreditBasis } from "./credit-basis";

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
    await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${unitId}, 1))::text`;
    const basis = await readCreditBasis(tx, { unitId, now });
    if (!basis) return;
    const { last, buildingId } = basis;
    const stored = storedOf(estimateCredit({ ...basis, now }), now);
    await tx.db.unitCredit.deleteMany({ where: { organizationId, unitId } });
    await tx.db.unitCredit.createMany({
      data: [
        {
          ...{ organizationId, unitId, buildingId, ...stored, runsOutAt: runsOutAt(stored) },
          lastPurchaseId: last?.purchaseId ?? null,
          lastPurchaseAt: last?.at ?? null,
          lastAmountMinor: last?.amountMinor ?? null,
          lastEnergyWh: last?.energyWh ?? null,
        },
      ],
    });
  });
}

/**
 * What one unit's meter is believed to hold, worked out at this moment: a reading or a sale of just
 * now is in it. A resident sees it of a unit held then, and nothing of who lived there before. Null
 * for a unit that the scope does not see; the last purchase is for who meets money.
 */
export async function creditOfUnit(
  scope: OrgScope | ResidentScope,
  { unitId, now }: { readonly unitId: string; readonly now: Date },
): Promise<UnitCredit | null> {
  if (!isId(unitId)) return null;
  const basis = await inScope(scope, (tx) => readCreditBasis(tx, { unitId, now }));
  if (!basis) return null;
  const seesMoney = scope.kind === "resident" || scope.permissions.includes("sale:read");
  const estimate = estimateCredit({ ...basis, now });
  return { unitId, estimate, last: seesMoney ? basis.last : null };
}

function storedOf(estimate: Estimate, asOf: Date): StoredCredit {
  if (estimate.basis === "unknown") {
    return { basis: "unknown", basisAt: null, asOf, remainingWh: 0n, dailyUseWh: 0n };
  }
  const { basis, basisAt, remainingWh, dailyUseWh } = estimate;
  return { basis, basisAt, asOf, remainingWh, dailyUseWh };
}
