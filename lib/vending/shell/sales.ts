import { buildingsOf, inScope, type ScopedTx } from "@/lib/access";
import type { OrgScope, Scope, SystemScope } from "@/lib/access/shared";
import { formatReceiptNumber } from "../core/purchase-address";
import type { PurchaseStatus } from "../core/purchase-states";
import { purchasesSeen } from "./purchases-seen";

/**
 * One top-up, as lists show it. `energyWh` is what the token carries; null until it is reserved.
 */
export type SaleView = {
  readonly purchaseId: string;
  readonly unitId: string;
  readonly unitLabel: string;
  /** The lease it was bought under; null where the unit had none. */
  readonly leaseId: string | null;
  readonly status: PurchaseStatus;
  readonly at: Date;
  readonly amountMinor: bigint;
  readonly energyWh: bigint | null;
  readonly receiptNumber: string | null;
};

export type SalesTotal = {
  readonly count: number;
  readonly amountMinor: bigint;
  readonly energyWh: bigint;
};

const SOLD = ["issued", "delivered"];
/** What has money in it, in whatever state: a list of sales hides none of it. */
const PAID = ["paid", "reserved", "in_doubt", ...SOLD, "refund_due", "refunded"];

type Where = { readonly buildingId?: string; readonly unitId?: string };

/** The latest purchases with money in them, newest first, of a building or of a unit. */
export function listSales(
  scope: Scope,
  filter: Where & { readonly take: number },
): Promise<readonly SaleView[]> {
  const { take, ...where } = filter;
  return inScope(scope, async (tx) => {
    const rows = await tx.db.purchase.findMany({
      where: {
        organizationId: tx.scope.organizationId,
        status: { in: PAID },
        AND: [where, await purchasesSeen(tx)],
      },
      select: {
        id: true,
        unitId: true,
        leaseId: true,
        status: true,
        amountMinor: true,
        paidAt: true,
        createdAt: true,
        receiptSeries: true,
        receiptNumber: true,
        unit: { select: { label: true } },
        tokenSet: { select: { reservations: { select: { amountUnits: true } } } },
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take,
    });
    return rows.map((row) => ({
      purchaseId: row.id,
      unitId: row.unitId,
      unitLabel: row.unit.label,
      leaseId: row.leaseId,
      status: row.status as PurchaseStatus,
      at: row.paidAt ?? row.createdAt,
      amountMinor: row.amountMinor,
      energyWh: row.tokenSet ? energyOf(row.tokenSet.reservations) : null,
      receiptNumber:
        row.receiptSeries && row.receiptNumber
          ? formatReceiptNumber(row.receiptSeries, row.receiptNumber)
          : null,
    }));
  });
}

function energyOf(reservations: readonly { readonly amountUnits: number }[]): bigint {
  return reservations.reduce((sum, { amountUnits }) => sum + BigInt(amountUnits) * 100n, 0n);
}

/** What was sold in a building from one instant to before another. */
export function totalSales(
  scope: OrgScope | SystemScope,
  period: { readonly buildingId: string; readonly from: Date; readonly to: Date },
): Promise<SalesTotal> {
  const within = buildingsOf(scope);
  return inScope(scope, async (tx) => {
    const [row] = await tx.db.$queryRaw<
      { count: bigint; amount_minor: bigint | null; energy_wh: bigint | null }[]
    >`SELECT count(DISTINCT p.id) AS count, sum(p.amount_minor)::bigint AS amount_minor,
             (sum(r.amount_units) * 100)::bigint AS energy_wh
        FROM purchase p
        JOIN token_set s ON s.organization_id = p.organization_id AND s.purchase_id = p.id
        JOIN token_reservation r ON r.organization_id = s.organization_id AND r.token_set_id = s.id
       WHERE p.organization_id = ${tx.scope.organizationId}::uuid
         AND p.building_id = ${period.buildingId}::uuid
         AND (${within}::uuid[] IS NULL OR p.building_id = ANY (${within}::uuid[]))
         AND p.issued_at >= ${period.from} AND p.issued_at < ${period.to}
         AND p.status IN ('issued', 'delivered')`;
    return {
      count: Number(row?.count ?? 0n),
      amountMinor: row?.amount_minor ?? 0n,
      energyWh: row?.energy_wh ?? 0n,
    };
  });
}

/**
 * What each unit of a building bought since an instant, oldest first: the basis of its estimate.
 */
export function listTopUpsByUnit(
  scope: Scope,
  filter: Where & { readonly since: Date },
): Promise<
  ReadonlyMap<
    string,
    readonly { readonly at: Date; readonly energyWh: bigint; readonly amountMinor: bigint }[]
  >
> {
  const { since, ...where } = filter;
  return inScope(scope, async (tx: ScopedTx) => {
    const rows = await tx.db.purchase.findMany({
      where: {
        organizationId: tx.scope.organizationId,
        createdAt: { gte: since },
        status: { in: SOLD },
        AND: [where, await purchasesSeen(tx)],
      },
      select: {
        unitId: true,
        issuedAt: true,
        amountMinor: true,
        tokenSet: { select: { reservations: { select: { amountUnits: true } } } },
      },
      orderBy: { createdAt: "asc" },
      take: 20_000,
    });
    const byUnit = new Map<string, { at: Date; energyWh: bigint; amountMinor: bigint }[]>();
    for (const row of rows) {
      if (!row.issuedAt || !row.tokenSet) continue;
      const topUps = byUnit.get(row.unitId) ?? [];
      const energyWh = energyOf(row.tokenSet.reservations);
      topUps.push({ at: row.issuedAt, energyWh, amountMinor: row.amountMinor });
      byUnit.set(row.unitId, topUps);
    }
    return byUnit;
  });
}

/** A purchase that has been paid for and has neither token nor refund. */
export type UnsettledSale = {
  readonly unitId: string;
  readonly amountMinor: bigint;
  readonly isRefund: boolean;
};

const UNSETTLED = ["paid", "reserved", "in_doubt", "refund_due"];

/** What was paid before an instant and is still without token or refund, the oldest first. */
export function listUnsettled(
  scope: Scope,
  filter: Where & { readonly before: Date },
): Promise<readonly UnsettledSale[]> {
  const { before, ...where } = filter;
  return inScope(scope, async (tx) => {
    const rows = await tx.db.purchase.findMany({
      where: {
        organizationId: tx.scope.organizationId,
        paidAt: { lt: before },
        status: { in: UNSETTLED },
        AND: [where, await purchasesSeen(tx)],
      },
      select: { unitId: true, amountMinor: true, status: true },
      orderBy: { createdAt: "asc" },
      take: 100,
    });
    return rows.map(({ status, ...row }) => ({ ...row, isRefund: status === "refund_due" }));
  });
}
