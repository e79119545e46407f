import { type ApiKeyHolder, inScope, recordAudit } from "@/lib/access";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import { findPurchase } from "@/lib/vending";
import { type Problem, problem } from "../core/problems";
import { purchaseJson } from "./purchase-json";
import type { PurchaseAnswer, ReprintAnswer } from "./schemas";

type Which = { readonly id: string } | { readonly clientReference: string };

/** A purchase of the key's account as it stands, within the key's buildings. */
export async function readPurchase(
  { scope, accountId }: ApiKeyHolder,
  which: Which,
): Promise<Result<PurchaseAnswer, Problem>> {
  const notFound = err(problem("purchase-not-found"));
  if ("id" in which && !isId(which.id)) return notFound;
  const { organizationId } = scope;
  const named =
    "id" in which ? { purchaseId: which.id } : { clientReference: which.clientReference };
  const sale = await inScope(scope, (tx) =>
    tx.db.apiSale.findFirst({
      // A quote that nobody bought is no purchase.
      where: { organizationId, accountId, boughtBy: { not: null }, ...named },
      select: { purchaseId: true, clientReference: true, paymentReference: true },
    }),
  );
  if (!sale) return notFound;
  const { clientReference, paymentReference } = sale;
  assert(clientReference !== null && paymentReference !== null, "what was bought has references");
  const purchase = await findPurchase(scope, sale.purchaseId);
  return purchase ? ok(purchaseJson(purchase, { clientReference, paymentReference })) : notFound;
}

/** The same tokens once more, with an entry in the audit trail that names the key. */
export async function reprintPurchase(
  caller: ApiKeyHolder,
  { id, now }: { readonly id: string; readonly now: Date },
): Promise<Result<ReprintAnswer, Problem>> {
  const found = await readPurchase(caller, { id });
  if (!found.ok) return found;
  const { state, tokens } = found.value;
  if (tokens.length === 0) return err(problem("not-issued", { state }));
  const { scope, keyId, keyName } = caller;
  await inScope(scope, (tx) =>
    recordAudit(tx, {
      at: now,
      action: "purchase.reprinted",
      subjectKind: "purchase",
      subjectId: found.value.id,
      detail: { keyId, keyName },
    }),
  );
  return ok({ ...found.value, is_reprint: true, reprinted_at: now.toISOString() });
}
