import { inScope, type ScopedTx } from "@/lib/access";
import type { EndpointScope, Scope } from "@/lib/access/shared";
import { promptReference } from "../core/daraja-form";
import type { PaybillMoney, Providers } from "../core/payment-provider";
import { type ClaimView, closeClaim, findClaim } from "./claims";

/** For so long the provider is asked; then a person looks. */
const ASKED_FOR_MS = 24 * 3_600_000;

/**
 * Asks the provider about a claim; the answer comes as a call. True when nothing is left to ask: it
 * is over, it was the money of a prompt that is paid, or a day has gone by and a person looks.
 */
export async function askAboutClaim(
  scope: Scope,
  about: { readonly claimId: string; readonly providers: Providers; readonly now: Date },
): Promise<boolean> {
  const { claimId, providers, now } = about;
  const claim = await findClaim(scope, claimId);
  if (!claim) return true;
  const prompt = await findPrompt(scope, claim);
  if (prompt?.isPaid) return closeClaim(scope, { claimId, state: "prompt", now });
  const ageMs = now.getTime() - claim.toldAt.getTime();
  const { organizationId } = scope;
  const { endpointId, providerReference } = claim;
  const provider = await providers({ organizationId, endpointId });
  await provider?.askClaim?.({ claimId, providerReference, now });
  return ageMs > ASKED_FOR_MS;
}

/** A prompt whose money came, as Safaricom tells a second time, as if it had come by itself. */
export type PromptView = {
  readonly attemptId: string;
  /** What the prompt's own money is called; null while nobody knows. */
  readonly checkoutReference: string | null;
  readonly isPaid: boolean;
};

/** The prompt whose money a claim is, one for each; null for money that came by itself. */
export function findPrompt(
  scope: Scope,
  { claimId, account, endpointId, amountMinor }: ClaimView,
): Promise<PromptView | null> {
  const prompt = { account, endpointId, amountMinor };
  return inScope(scope, (tx) => promptOf(tx, { ...prompt, exceptClaimId: claimId }));
}

/** Whether what is offered is what somebody was prompted for on a phone. */
export async function isPromptMoney(
  scope: EndpointScope,
  { account, amountMinor }: PaybillMoney,
): Promise<boolean> {
  const { endpointId } = scope;
  const prompt = { account, endpointId, amountMinor, exceptClaimId: null };
  return (await inScope(scope, (tx) => promptOf(tx, prompt))) !== null;
}

/** Whether an account still takes money: one that was switched off, or that waits, does not. */
export async function takesMoney(scope: EndpointScope): Promise<boolean> {
  const { organizationId, endpointId } = scope;
  const found = await inScope(scope, (tx) =>
    tx.db.paymentAccount.count({ where: { organizationId, endpointId, state: "active" } }),
  );
  return found === 1;
}

type Wanted = {
  readonly account: string;
  readonly endpointId: string;
  readonly amountMinor: bigint;
  readonly exceptClaimId: string | null;
};

async function promptOf(tx: ScopedTx, wanted: Wanted): Promise<PromptView | null> {
  const { organizationId } = tx.scope;
  const { account, endpointId, amountMinor, exceptClaimId } = wanted;
  if (!/^[0-9A-F]{12}$/.test(account)) return null;
  const [row] = await tx.db.$queryRaw<PromptView[]>`
    SELECT a.id AS "attemptId", CASE WHEN a.checkout_reference NOT LIKE 'pending:%'
        THEN a.checkout_reference END AS "checkoutReference",
      EXISTS (SELECT FROM payment y WHERE y.organization_id = a.organization_id
        AND y.attempt_id = a.id) AS "isPaid"
      FROM payment_attempt a
     WHERE a.organization_id = ${organizationId}::uuid AND a.endpoint_id = ${endpointId}::uuid
       AND a.amount_minor = ${amountMinor} AND right(a.id::text, 12) = lower(${account})
       AND NOT EXISTS (SELECT FROM payment_claim c WHERE c.organization_id = a.organization_id
         AND c.account = ${account} AND c.state = 'prompt'
         AND c.id IS DISTINCT FROM ${exceptClaimId}::uuid)
     LIMIT 1`;
  return row && promptReference(row.attemptId) === account ? row : null;
}
