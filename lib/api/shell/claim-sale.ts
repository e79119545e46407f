import { type ApiKeyHolder, inScope, type ScopedTx } from "@/lib/access";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import { type Problem, problem } from "../core/problems";
import type { References } from "./purchase-json";

/** Whether a quote is this account's. */
export async function hasQuote(caller: ApiKeyHolder, purchaseId: string): Promise<boolean> {
  if (!isId(purchaseId)) return false;
  const { scope, accountId } = caller;
  const { organizationId } = scope;
  const sale = await inScope(scope, (tx) =>
    tx.db.apiSale.findFirst({
      where: { organizationId, purchaseId, accountId },
      select: { purchaseId: true },
    }),
  );
  return sale !== null;
}

/**
 * Writes the references onto a quote, which makes it bought: once, and each reference once in an
 * account. The same references again are the same purchase; that is how a request that was cut off
 * is taken up.
 */
export async function claimSale(
  caller: ApiKeyHolder,
  purchaseId: string,
  references: References,
): Promise<Result<void, Problem>> {
  try {
    return await inScope(caller.scope, (tx) => claim(tx, caller, { purchaseId, ...references }));
  } catch (error) {
    if (!isTaken(error)) throw error;
    // Another request was faster with one of the references: now it is there to be seen.
    return inScope(caller.scope, (tx) => claim(tx, caller, { purchaseId, ...references }));
  }
}

type Claim = References & { readonly purchaseId: string };

async function claim(
  tx: ScopedTx,
  { accountId, keyId }: ApiKeyHolder,
  { purchaseId, clientReference, paymentReference }: Claim,
): Promise<Result<void, Problem>> {
  const { organizationId } = tx.scope;
  const others = await tx.db.apiSale.findMany({
    where: {
      organizationId,
      accountId,
      OR: [{ purchaseId }, { clientReference }, { paymentReference }],
    },
    select: { purchaseId: true, clientReference: true, paymentReference: true },
    take: 3,
  });
  const own = others.find((sale) => sale.purchaseId === purchaseId);
  const isSame =
    own?.clientReference === clientReference && own.paymentReference === paymentReference;
  if (isSame) return ok(undefined);
  if (own?.clientReference) return err(problem("quote-used", { purchase: purchaseId }));
  const named = others.find((sale) => sale.clientReference === clientReference);
  if (named) return err(problem("client-reference-used", { purchase: named.purchaseId }));
  const paid = others.find((sale) => sale.paymentReference === paymentReference);
  if (paid) return err(problem("payment-reference-used", { purchase: paid.purchaseId }));
  const { count } = await tx.db.apiSale.updateMany({
    where: { organizationId, accountId, purchaseId, boughtBy: null },
    data: { boughtBy: keyId, clientReference, paymentReference },
  });
  return count === 1 ? ok(undefined) : err(problem("quote-used", { purchase: purchaseId }));
}

const UNIQUE_VIOLATION = "P2002";

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION;
}
