import { z } from "zod";
import { callScoped, inScope, type ScopedTx, withinBuildings } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";

export type AttemptView = {
  readonly attemptId: string;
  readonly endpointId: string;
  readonly purchaseId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What the provider calls it; null before it has answered. */
  readonly checkoutReference: string | null;
};

const VIEW = {
  id: true,
  endpointId: true,
  purchaseId: true,
  amountMinor: true,
  currency: true,
  checkoutReference: true,
} as const;

/** More visits to a checkout than anybody makes for one purchase. */
const MOST_ATTEMPTS = 20;

/** How an attempt is marked while a provider is being asked for it. */
const PENDING = "pending:";

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

const namedForm = z.object({ checkoutReference: z.string().nullable() });

/** Notes what a provider calls an attempt, and gives what it is called: the first name stands. */
export async function nameAttempt(
  scope: Scope,
  named: { readonly attemptId: string; readonly checkoutReference: string },
): Promise<string | null> {
  return namedForm.parse(await callScoped(scope, "payment_attempt_named", named)).checkoutReference;
}

/** True for the one of several at once that is to ask the provider. */
export async function claimAttempt(
  scope: Scope,
  { attemptId, claim }: { readonly attemptId: string; readonly claim: string },
): Promise<boolean> {
  const checkoutReference = PENDING + claim;
  return (await nameAttempt(scope, { attemptId, checkoutReference })) === checkoutReference;
}

/** Lets another ask: the provider would not have it. */
export async function releaseAttempt(scope: Scope, attemptId: string): Promise<void> {
  await callScoped(scope, "payment_attempt_named", { attemptId, checkoutReference: null });
}

function viewOf({ id, ...facts }: Omit<AttemptView, "attemptId"> & { readonly id: string }) {
  const { checkoutReference: name } = facts;
  return { ...facts, attemptId: id, checkoutReference: name?.startsWith(PENDING) ? null : name };
}
