import type { ScopedTx } from "@/lib/access";

const ROW = {
  id: true,
  endpointId: true,
  attemptId: true,
  status: true,
  amountMinor: true,
  currency: true,
  payee: true,
  returnPath: true,
  moneyAt: true,
} as const;

export type CheckoutRow = {
  readonly id: string;
  readonly endpointId: string;
  readonly attemptId: string;
  readonly status: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly payee: string;
  readonly returnPath: string;
  readonly moneyAt: Date | null;
};

/** By its own id or by our attempt; an endpoint sees its own checkouts only. */
export function findCheckoutRow(
  tx: ScopedTx,
  which: { readonly id: string } | { readonly attemptId: string },
): Promise<CheckoutRow | null> {
  const { scope } = tx;
  const own = scope.kind === "endpoint" ? { endpointId: scope.endpointId } : {};
  return tx.db.practiceCheckout.findFirst({
    where: { organizationId: scope.organizationId, ...own, ...which },
    select: ROW,
  });
}

/** Whose money has arrived at an instant, as a filter: paid, or late with its time come. */
export const hasMoneyAt = (now: Date) => ({
  OR: [{ status: "paid" }, { status: "open", moneyAt: { lte: now } }],
});
