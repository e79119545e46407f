import { inScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import type { Receipt } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { requirePractice } from "./require-practice";

/** An attempt to pay, as vending began it, and when the payer said yes. */
export type PaidAttempt = {
  readonly endpointId: string;
  readonly attemptId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly returnPath: string;
  readonly now: Date;
};

/**
 * Checkouts that were paid as soon as they were opened, written into the provider's own books at
 * once; gives the receipt of each, in this order. For a demo's past: nobody is called back.
 * Throws in a production installation.
 */
export async function payMany(
  scope: SystemScope,
  { attempts, payee }: { readonly attempts: readonly PaidAttempt[]; readonly payee: string },
): Promise<readonly Receipt[]> {
  await requirePractice();
  const { organizationId } = scope;
  const paid = attempts.map((attempt) => ({ ...attempt, id: newId() }));
  await inScope(scope, (tx) =>
    tx.db.practiceCheckout.createMany({
      data: paid.map(({ now, ...checkout }) => ({
        ...checkout,
        ...{ organizationId, payee, status: "paid", moneyAt: now, createdAt: now },
      })),
    }),
  );
  return paid.map(({ id, amountMinor, currency }) => ({
    providerReference: id,
    amountMinor,
    currency,
  }));
}
