import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import { type PaymentStatus, parsePaymentStatus } from "../core/payment-states";

export type PaymentView = {
  readonly id: string;
  readonly receivedAt: Date;
  readonly provider: string;
  readonly providerReference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: PaymentStatus;
  readonly account: string | null;
  readonly purchaseId: string | null;
  readonly unitLabel: string | null;
  readonly buildingName: string | null;
};

export type PaymentFilter = {
  readonly status: PaymentStatus | null;
  readonly provider: string | null;
  /** A provider's reference, whole. */
  readonly reference: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
};

const SELECT = {
  id: true,
  receivedAt: true,
  provider: true,
  providerReference: true,
  amountMinor: true,
  currency: true,
  status: true,
  account: true,
  purchaseId: true,
  purchase: {
    select: { unit: { select: { label: true } }, building: { select: { name: true } } },
  },
} as const;

/** Money that came in, the newest first; `before` is the id of the last one seen. */
export function listPayments(
  scope: OrgScope,
  wanted: { readonly filter: PaymentFilter; readonly before: string | null; readonly take: number },
): Promise<{ readonly payments: readonly PaymentView[]; readonly hasOlder: boolean }> {
  const { organizationId } = scope;
  const { filter, before, take } = wanted;
  return inScope(scope, async (tx) => {
    const last =
      before !== null && isId(before)
        ? await tx.db.payment.findFirst({
            where: { organizationId, id: before },
            select: { receivedAt: true, id: true },
          })
        : null;
    const rows = await tx.db.payment.findMany({
      where: { AND: [{ organizationId }, whereOf(filter), last ? olderThan(last) : {}] },
      select: SELECT,
      orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
      take: take + 1,
    });
    return { payments: rows.slice(0, take).map(viewOf), hasOlder: rows.length > take };
  });
}

function whereOf(filter: PaymentFilter) {
  const { status, provider, reference, from, until } = filter;
  return {
    ...(status ? { status } : {}),
    ...(provider ? { provider } : {}),
    ...(reference ? { providerReference: reference } : {}),
    receivedAt: { ...(from ? { gte: from } : {}), ...(until ? { lt: until } : {}) },
  };
}

const olderThan = ({ receivedAt, id }: { readonly receivedAt: Date; readonly id: string }) => ({
  OR: [{ receivedAt: { lt: receivedAt } }, { receivedAt, id: { lt: id } }],
});

type Row = Omit<PaymentView, "status" | "unitLabel" | "buildingName"> & {
  readonly status: string;
  readonly purchase: {
    readonly unit: { readonly label: string };
    readonly building: { readonly name: string };
  } | null;
};

function viewOf(row: Row): PaymentView {
  const { purchase, ...facts } = row;
  const status = parsePaymentStatus(row.status);
  assert(status, "a stored payment is in a known state");
  return {
    ...facts,
    status,
    unitLabel: purchase?.unit.label ?? null,
    buildingName: purchase?.building.name ?? null,
  };
}
