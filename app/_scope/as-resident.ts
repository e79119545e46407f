import { listResidentScopes } from "@/lib/access";
import type { ResidentScope } from "@/lib/access/shared";
import { findPurchase, type PurchaseView } from "@/lib/vending";
import { readOrigin } from "./request-origin";
import { findPerson } from "./signed-in";

export type OwnPurchase = { readonly scope: ResidentScope; readonly purchase: PurchaseView };

/**
 * A purchase as the signed-in resident of its lease sees it, with what the household bought and
 * owes; null for a guest, and for everybody whose lease it is not.
 */
export async function findAsResident(purchaseId: string): Promise<OwnPurchase | null> {
  const person = await findPerson();
  if (!person) return null;
  for (const scope of await listResidentScopes(person.userId, await readOrigin())) {
    const purchase = await findPurchase(scope, purchaseId);
    if (purchase?.seesAccount) return { scope, purchase };
  }
  return null;
}
