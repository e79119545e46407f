import type { SystemScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { recordPayments } from "@/lib/payments";
import { PRACTICE_PROVIDER, payMany } from "@/lib/practice";
import type { OpenedSale } from "@/lib/vending";

/** The money of many purchases: paid at the practice provider, and its receipts recorded. */
export async function payForMany(
  scope: SystemScope,
  { opened, endpointId }: { readonly opened: readonly OpenedSale[]; readonly endpointId: string },
) {
  const attempts = opened.map(({ attemptId, amountMinor, currency, returnPath, now }) => {
    return { endpointId, attemptId, amountMinor, currency, returnPath, now };
  });
  const receipts = await payMany(scope, { attempts, payee: "the landlord" });
  const payments = attempts.map(({ attemptId, now }, place) => {
    const receipt = receipts[place];
    assert(receipt, "every attempt has its receipt");
    return { ...receipt, attemptId, provider: PRACTICE_PROVIDER, now };
  });
  return { payments, recorded: await recordPayments(scope, payments) };
}
