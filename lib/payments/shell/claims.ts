import { dequeueDueWork, enqueueDueWork, inScope, type ScopedTx } from "@/lib/access";
import type { OrgScope, Scope } from "@/lib/access/shared";
import { isId, newId } from "@/lib/platform";
import { promptReference } from "../core/daraja-form";
import type { PaybillMoney, Providers } from "../core/payment-provider";

/** Money that a call spoke of, and that its provider has not been heard about yet. */
export type ClaimView = PaybillMoney & {
  readonly claimId: string;
  readonly endpointId: string;
  readonly provider: string;
  readonly toldAt: Date;
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
} as const;

/** For so long the provider is asked; then a person looks. A prompt's own money comes sooner. */
const ASKED_FOR_MS = 24 * 3_600_000;
const PROMPT_MS = 3_600_000;

/** Notes what a call says of money, once, and plans to ask the provider about it. */
export function noteClaim(
  scope: Scope & { readonly endpointId: string; readonly provider: string },
  { money, now }: { readonly money: PaybillMoney; readonly now: Date },
): Promise<void> {
  const { organizationId, endpointId, provider } = scope;
  const { payer = null, providerReference, account, amountMinor, currency } = money;
  const facts = { payer, providerReference, account, amountMinor, currency };
  const id = newId();
  return inScope(scope, async (tx) => {
    const noted = await tx.db.paymentClaim.createMany({
      data: [
        {
          ...{ organizationId, id, endpointId, provider },
          ...facts,
          ...{ toldAt: now, state: "asked" },
        },
      ],
      skipDuplicates: true,
    });
    if (noted.count === 1) {
      await enqueueDueWork(tx, { subjectId: id, kind: "payment.confirm", dueAt: now });
    }
  });
}

/** A claim that nobody has decided yet; null for one that is over, or another organization's. */
export async function findClaim(scope: Scope, claimId: string): Promise<ClaimView | null> {
  const { organizationId } = scope;
  if (!isId(claimId)) return null;
  const row = await inScope(scope, (tx) =>
    tx.db.paymentClaim.findFirst({
      where: { organizationId, id: claimId, state: "asked" },
      select: SELECT,
    }),
  );
  if (!row) return null;
  const { id, payer, ...facts } = row;
  return { claimId: id, ...facts, ...(payer === null ? {} : { payer }) };
}

/** Claims that the provider has not answered for a while: a person looks for the money. */
export async function listUnanswered(
  scope: OrgScope,
  { before, take }: { readonly before: Date; readonly take: number },
): Promise<readonly ClaimView[]> {
  const { organizationId } = scope;
  const rows = await inScope(scope, (tx) =>
    tx.db.paymentClaim.findMany({
      where: { organizationId, state: "asked", toldAt: { lt: before } },
      select: SELECT,
      orderBy: [{ toldAt: "asc" }, { id: "asc" }],
      take,
    }),
  );
  return rows.map(({ id, payer, ...facts }) => ({
    claimId: id,
    ...facts,
    ...(payer === null ? {} : { payer }),
  }));
}

/** Ends a claim. Of two at once one does; true for that one. */
export function closeClaim(
  scope: Scope,
  closed: {
    readonly claimId: string;
    readonly state: "booked" | "denied" | "prompt";
    readonly now: Date;
  },
): Promise<boolean> {
  const { claimId, state, now } = closed;
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    const moved = await tx.db.paymentClaim.updateMany({
      where: { organizationId, id: claimId, state: "asked" },
      data: { state, settledAt: now },
    });
    await dequeueDueWork(tx, claimId);
    return moved.count === 1;
  });
}

/**
 * Asks the provider about a claim. True when nothing is left to ask: it is over, it was the money
 * of a prompt, or a day has gone by and a person looks.
 */
export async function askAboutClaim(
  scope: Scope,
  about: { readonly claimId: string; readonly providers: Providers; readonly now: Date },
): Promise<boolean> {
  const { claimId, providers, now } = about;
  const claim = await findClaim(scope, claimId);
  if (!claim) return true;
  const prompt = await inScope(scope, (tx) => findPrompt(tx, claim));
  if (prompt?.isPaid) return closeClaim(scope, { claimId, state: "prompt", now }).then(() => true);
  const ageMs = now.getTime() - claim.toldAt.getTime();
  // A prompt is asked about by its own name first; booking its money twice would be worse.
  if (prompt && ageMs < PROMPT_MS) return false;
  const { organizationId } = scope;
  const { endpointId, providerReference } = claim;
  const provider = await providers({ organizationId, endpointId });
  await provider?.askClaim?.({ claimId, providerReference, now });
  return ageMs > ASKED_FOR_MS;
}

/**
 * The prompt whose money a claim is: Safaricom tells of it a second time, as if it had come by
 * itself. One prompt explains one claim.
 */
async function findPrompt(
  tx: ScopedTx,
  { claimId, account, endpointId, amountMinor }: ClaimView,
): Promise<{ readonly isPaid: boolean } | null> {
  const { organizationId } = tx.scope;
  if (!/^[0-9A-F]{12}$/.test(account)) return null;
  const rows = await tx.db.$queryRaw<{ readonly id: string; readonly isPaid: boolean }[]>`
    SELECT a.id, EXISTS (SELECT FROM payment y WHERE y.organization_id = a.organization_id
        AND y.attempt_id = a.id) AS "isPaid"
      FROM payment_attempt a
     WHERE a.organization_id = ${organizationId}::uuid AND a.endpoint_id = ${endpointId}::uuid
       AND a.amount_minor = ${amountMinor} AND a.id::text LIKE '%' || lower(${account})
       AND NOT EXISTS (SELECT FROM payment_claim c WHERE c.organization_id = a.organization_id
         AND c.account = ${account} AND c.state = 'prompt' AND c.id <> ${claimId}::uuid)
     LIMIT 1`;
  const [row] = rows;
  return row && promptReference(row.id) === account ? row : null;
}
