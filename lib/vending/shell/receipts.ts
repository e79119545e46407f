import { inScope, recordAudit, type ScopedTx } from "@/lib/access";
import type { OrgScope, Scope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import { priceOfAmount } from "@/lib/tariffs";
import { type Comparison, compareReceipts, type PriceTerms } from "../core/compare-receipts";
import { SOLD_STATUSES } from "../core/purchase-states";
import { findPurchase, type PurchaseView } from "./purchase-view";
import { purchasesSeen } from "./purchases-seen";

export type ComparedPurchase = {
  readonly previous: PurchaseView;
  readonly comparison: Comparison;
};

/**
 * A sold purchase beside the one before it in the same occupancy, for who may know the household's
 * account; null where there is none, or where the one before is not the reader's to see.
 */
export async function compareWithPrevious(
  scope: Scope,
  purchase: PurchaseView,
): Promise<ComparedPurchase | null> {
  if (!purchase.seesAccount || purchase.tokens.length === 0) return null;
  const previousId = await inScope(scope, (tx) => findPreviousId(tx, purchase));
  const previous = previousId === null ? null : await findPurchase(scope, previousId);
  if (!previous?.seesAccount) return null;
  const { currency } = purchase;
  const comparison = compareReceipts(termsOf(previous), termsOf(purchase), (terms) =>
    energyOf(terms, currency),
  );
  return { previous, comparison };
}

async function findPreviousId(tx: ScopedTx, purchase: PurchaseView): Promise<string | null> {
  const { organizationId } = tx.scope;
  const { unitId, occupancyId, createdAt } = purchase;
  const before = await tx.db.purchase.findFirst({
    where: {
      organizationId,
      AND: [
        { unitId, occupancyId, createdAt: { lt: createdAt }, status: { in: [...SOLD_STATUSES] } },
        await purchasesSeen(tx),
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  return before?.id ?? null;
}

const termsOf = ({ quote }: PurchaseView) => quote;

function energyOf(terms: PriceTerms, currency: PurchaseView["currency"]): bigint {
  const { definition, amountMinor, walletMinor, monthBeforeWh, arrearsBeforeMinor } = terms;
  const price = priceOfAmount({
    definition,
    currency,
    amountMinor: amountMinor + walletMinor,
    basis: {
      monthToDateWh: monthBeforeWh,
      arrearsMinor: arrearsBeforeMinor,
      fixedDueMinor: new Map(terms.charges.map(({ code, dueMinor }) => [code, dueMinor])),
    },
  });
  return price.ok ? price.value.energyWh : 0n;
}

/** A copy of a receipt that somebody of the staff handed out. */
export type ReprintView = { readonly number: number; readonly at: Date; readonly byUser: string };

// Each round lets one other copy of the same receipt go first.
const MOST_ROUNDS = 100;

/**
 * Puts on record that somebody hands out a sold purchase's receipt again, and gives the copy its
 * number: from one for each purchase, without a gap, however many ask at once. Null for a purchase
 * that has no token or is not theirs to see.
 */
export async function reprintPurchase(
  scope: OrgScope,
  { purchaseId, now }: { readonly purchaseId: string; readonly now: Date },
): Promise<ReprintView | null> {
  if (!isId(purchaseId)) return null;
  return inScope(scope, async (tx) => {
    const { organizationId } = tx.scope;
    const sold = await tx.db.purchase.findFirst({
      where: {
        organizationId,
        AND: [{ id: purchaseId, status: { in: [...SOLD_STATUSES] } }, await purchasesSeen(tx)],
      },
      select: { id: true },
    });
    if (!sold) return null;
    const byUser = scope.userId;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const number =
        (await tx.db.purchaseReprint.count({ where: { organizationId, purchaseId } })) + 1;
      const row = { organizationId, purchaseId, number, at: now, byUser };
      const made = await tx.db.purchaseReprint.createMany({ data: [row], skipDuplicates: true });
      if (made.count === 0) continue;
      await recordAudit(tx, {
        at: now,
        action: "purchase.reprinted",
        subjectKind: "purchase",
        subjectId: purchaseId,
        detail: { number },
      });
      return { number, at: now, byUser };
    }
    assert(false, "a copy found no number");
  });
}

/** A purchase's copies in their order; none for a purchase that is not the reader's to see. */
export async function listReprints(
  scope: OrgScope,
  purchaseId: string,
): Promise<readonly ReprintView[]> {
  if (!isId(purchaseId)) return [];
  return inScope(scope, async (tx) => {
    const { organizationId } = tx.scope;
    return tx.db.purchaseReprint.findMany({
      where: { organizationId, purchaseId, purchase: await purchasesSeen(tx) },
      orderBy: { number: "asc" },
      select: { number: true, at: true, byUser: true },
      take: 200,
    });
  });
}
