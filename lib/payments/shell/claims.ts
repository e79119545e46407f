import { dequeueDueWork, enqueueDueWork, inScope, type ScopedTx } from "@/lib/access";
import type { EndpointScope, OrgScope, Scope } from "@/lib/access/shared";
import { isId, newId } from "@/lib/platform";
import type { PaybillMoney } from "../core/payment-provider";

/** Money that a call spoke of, and that its provider has not been heard about yet. */
export type ClaimView = PaybillMoney & {
  readonly claimId: string;
  readonly endpointId: string;
  readonly provider: string;
  readonly toldAt: Date;
  /** Two calls about this money did not say the same. */
  readonly isContradicted: boolean;
};

const SELECT = {
  id: true,
  endpointId: true,
  provider: true,
  providerReference: true,
  account: true,
  payer: true,
  amountMinor: true,
  currency: true,
  toldAt: true,
  isContradicted: true,
} as const;

/** A claim follows an offer within seconds; one that was lost on the way is asked about. */
const CLAIM_LOST_MS = 60_000;

type Told = {
  /** An offer asks whether money may come; a claim says that it came. */
  readonly toldBy: "offer" | "claim";
  readonly money: PaybillMoney;
  readonly now: Date;
};

/**
 * Notes what a call says of money, once, and plans to ask its provider about it: of a claim at
 * once, of an offer when no claim has followed. A repeat changes nothing; one that says something
 * else marks the claim for a person; a claim about what was believed not to be asks again.
 */
export function noteClaim(scope: EndpointScope, told: Told): Promise<void> {
  const { money, toldBy, now } = told;
  const { organizationId, endpointId, provider } = scope;
  const { payer = null, providerReference, account, amountMinor, currency } = money;
  const named = { organizationId, provider, providerReference };
  const id = newId();
  return inScope(scope, async (tx) => {
    const said = { payer, account, amountMinor, currency };
    const noted = await tx.db.paymentClaim.createMany({
      data: [{ ...named, ...said, id, endpointId, toldAt: now, toldBy, state: "asked" }],
      skipDuplicates: true,
    });
    if (noted.count === 1) return plan(tx, id, told);
    const open = { ...named, state: { in: ["asked", "denied"] } };
    await tx.db.paymentClaim.updateMany({
      where: { ...open, NOT: { account, amountMinor, currency, endpointId } },
      data: { isContradicted: true },
    });
    if (toldBy === "offer") return;
    const anew = await tx.db.paymentClaim.updateMany({
      where: { ...open, OR: [{ toldBy: "offer" }, { state: "denied" }] },
      data: { toldBy, toldAt: now, state: "asked", settledAt: null },
    });
    if (anew.count === 0) return;
    const row = await tx.db.paymentClaim.findFirstOrThrow({ where: named, select: { id: true } });
    await plan(tx, row.id, told);
  });
}

function plan(tx: ScopedTx, subjectId: string, { toldBy, now }: Told): Promise<void> {
  const dueAt = toldBy === "claim" ? now : new Date(now.getTime() + CLAIM_LOST_MS);
  return enqueueDueWork(tx, { subjectId, kind: "payment.confirm", dueAt });
}

/**
 * A claim that nothing was booked for; null for one that is over, or another organization's. What
 * was denied is over too, but for its provider, who may say otherwise later (`evenDenied`).
 */
export async function findClaim(
  scope: Scope,
  claimId: string,
  { evenDenied = false }: { readonly evenDenied?: boolean } = {},
): Promise<ClaimView | null> {
  const { organizationId } = scope;
  if (!isId(claimId)) return null;
  const state = { in: evenDenied ? ["asked", "denied"] : ["asked"] };
  const row = await inScope(scope, (tx) =>
    tx.db.paymentClaim.findFirst({
      where: { organizationId, id: claimId, state },
      select: SELECT,
    }),
  );
  return row && viewOf(row);
}

/** A provider answers within seconds. What did not follow an offer within a day is looked for. */
const UNANSWERED_MS = { claim: 10 * 60_000, offer: 24 * 3_600_000 } as const;

/** Claims that the provider has not answered for a while: a person looks for the money. */
export async function listUnanswered(
  scope: OrgScope,
  { now, take }: { readonly now: Date; readonly take: number },
): Promise<readonly ClaimView[]> {
  const { organizationId } = scope;
  const before = (toldBy: Told["toldBy"]) => ({
    toldBy,
    toldAt: { lt: new Date(now.getTime() - UNANSWERED_MS[toldBy]) },
  });
  const rows = await inScope(scope, (tx) =>
    tx.db.paymentClaim.findMany({
      where: { organizationId, state: "asked", OR: [before("claim"), before("offer")] },
      select: SELECT,
      orderBy: [{ toldAt: "asc" }, { id: "asc" }],
      take,
    }),
  );
  return rows.map(viewOf);
}

function viewOf({
  id,
  payer,
  ...facts
}: Omit<ClaimView, "claimId" | "payer"> & {
  readonly id: string;
  readonly payer: string | null;
}): ClaimView {
  return { claimId: id, ...facts, ...(payer === null ? {} : { payer }) };
}

/** Ends a claim, in the caller's transaction. Of two at once one does; true for that one. */
export async function endClaim(
  tx: ScopedTx,
  ended: {
    readonly claimId: string;
    readonly state: "booked" | "denied" | "prompt";
    readonly now: Date;
  },
): Promise<boolean> {
  const { claimId, state, now } = ended;
  const { organizationId } = tx.scope;
  const from = state === "denied" ? ["asked"] : ["asked", "denied"];
  const moved = await tx.db.paymentClaim.updateMany({
    where: { organizationId, id: claimId, state: { in: from } },
    data: { state, settledAt: now },
  });
  if (moved.count === 1) await dequeueDueWork(tx, claimId);
  return moved.count === 1;
}

/** The same in a transaction of its own. */
export function closeClaim(scope: Scope, closed: Parameters<typeof endClaim>[1]): Promise<boolean> {
  return inScope(scope, (tx) => endClaim(tx, closed));
}
