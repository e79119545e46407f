import type { Copy } from "@/app/_receipt/receipt-view";
import type { OrgScope } from "@/lib/access/shared";
import { findPersons } from "@/lib/identity";
import { listReprints } from "@/lib/vending";

/** The copies of a receipt, with who handed each out. */
export async function listCopies(scope: OrgScope, purchaseId: string): Promise<readonly Copy[]> {
  const reprints = await listReprints(scope, purchaseId);
  const people = await findPersons(reprints.map(({ byUser }) => byUser));
  return reprints.map((copy) => ({ ...copy, name: people.get(copy.byUser)?.name ?? "" }));
}
