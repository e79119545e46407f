import { inScope, type ScopedTx, withinBuildings } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";

export type AttemptView = {
  readonly attemptId: string;
  readonly endpointId: string;
  readonly purchaseId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
};

const VIEW = {
  id: true,
  endpointId: true,
  purchaseId: true,
  amountMinor: true,
  currency: true,
} as const;

/** More visits to a checkout than anybody makes for one purchase. */
const MOST_ATTEMPTS = 20;

/** The first attempt to pay a purchase; null when nobody went to pay. */
export async function findAttemptOf(scope: Scope, purchaseId: string): Promise<AttemptView | null> {
  const [first] = await inScope(scope, (tx) => listAttempts(tx, purchaseId));
  return first ?? null;
}

/** The attempts to pay a purchase that the scope sees, oldest first. */
export async function listAttempts(
  tx: ScopedTx,
  purchaseId: string,
): Promise<readonly AttemptView[]> {
  const rows = await tx.db.paymentAttempt.findMany({
    where: {
      organizationId: tx.scope.organizationId,
      purchaseId,
      purchase: withinBuildings(tx.scope, "buildingId"),
    },
    select: VIEW,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: MOST_ATTEMPTS,
  });
  return rows.map(viewOf);
}

/** An attempt that went through this endpoint; null for one of another endpoint. */
export async function findAttempt(
  tx: ScopedTx,
  which: { readonly attemptId: string; readonly endpointId: string },
): Promise<AttemptView | null> {
  const { attemptId, endpointId } = which;
  const row = await tx.db.paymentAttempt.findFirst({
    where: { organizationId: tx.scope.organizationId, id: attemptId, endpointId },
    select: VIEW,
  });
  return row && viewOf(row);
}

function viewOf({ id, ...facts }: Omit<AttemptView, "attemptId"> & { readonly id: string }) {
  return { attemptId: id, ...facts };
}
