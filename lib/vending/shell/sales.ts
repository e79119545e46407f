import { buildingsOf, inScope, type ScopedTx } from "@/lib/access";
import type { OrgScope, Scope, SystemScope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import { formatReceiptNumber } from "../core/purchase-address";
import type { PurchaseStatus } from "../core/purchase-states";
import { purchasesSeen } from "./purchases-seen";

/**
 * One top-up, as lists show it. `energyWh` is what the token carries; null until it is issued.
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

type Where = {
  readonly buildingId?: string;
  readonly unitId?: string;
  readonly leaseId?: string;
};

/**
 * The latest purchases with money in them, newest first, of a building, a unit or a lease; `before`
 * is the purchase that the list goes on after.
 */
export function listSales(
  scope: Scope,
  filter: Where & { readonly take: number; readonly before?: string },
): Promise<readonly SaleView[]> {
  const { take, before, ...where } = filter;
  return inScope(scope, async (tx) => {
    const { organizationId } = tx.scope;
    const seen = await purchasesSeen(tx);
    const rows = await tx.db.purchase.findMany({
      where: {
        organizationId,
        status: { in: PAID },
        AND: [where, seen, before ? await olderThan(tx, before) : {}],
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
        energyWh: true,
        unit: { select: { label: true } },
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
      energyWh: row.energyWh,
      receiptNumber:
        row.receiptSeries && row.receiptNumber
          ? formatReceiptNumber(row.receiptSeries, row.receiptNumber)
          : null,
    }));
  });
}

/** What comes after a purchase in a list that has the newest first; nothing, for one unknown. */
async function olderThan(tx: ScopedTx, purchaseId: string) {
  const { organizationId } = tx.scope;
  const last = isId(purchaseId)
    ? await tx.db.purchase.findFirst({
        where: { organizationId, id: purchaseId, AND: [await purchasesSeen(tx)] },
        select: { createdAt: true },
      })
    : null;
  if (!last) return { id: { in: [] } };
  const { createdAt } = last;
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: purchaseId } }] };
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
    >`SELECT count(*) AS count, sum(p.amount_minor)::bigint AS amount_minor,
             sum(p.energy_wh)::bigint AS energy_wh
        FROM purchase p
       WHERE p.organization_id = ${tx.scope.organizationId}::uuid
         AND p.building_id = ${period.buildingId}::uuid
         AND (${within}::uuid[] IS NULL OR p.building_id = ANY (${within}::uuid[]))
         AND p.issued_at >= ${period.from} AND p.issued_at < ${period.to}`;
    return {
      count: Number(row?.count ?? 0n),
      amountMinor: row?.amount_minor ?? 0n,
      energyWh: row?.energy_wh ?? 0n,
    };
  });
}

type TopUp = {
  readonly at: Date;
  readonly energyWh: bigint;
  readonly amountMinor: bigint;
};

/** What a unit bought since an instant, oldest first: the basis of its estimate. */
export function listTopUps(
  scope: Scope,
  { unitId, since }: { readonly unitId: string; readonly since: Date },
): Promise<readonly TopUp[]> {
  return inScope(scope, async (tx) => {
    const rows = await tx.db.purchase.findMany({
      where: {
        organizationId: tx.scope.organizationId,
        unitId,
        issuedAt: { gte: since },
        AND: [await purchasesSeen(tx)],
      },
      select: { issuedAt: true, energyWh: true, amountMinor: true },
      orderBy: { issuedAt: "asc" },
      take: 5_000,
    });
    return rows.flatMap(({ issuedAt: at, energyWh, amountMinor }) =>
      at && energyWh !== null ? [{ at, energyWh, amountMinor }] : [],
    );
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
