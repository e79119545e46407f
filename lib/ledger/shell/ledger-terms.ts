import { buildingsOf } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import { isId } from "@/lib/platform";
import { LEDGER_ACCOUNTS, type LedgerAccount } from "../core/accounts";

/** Which part of the books is looked at. */
export type LedgerPart = {
  readonly buildingId: string | null;
  readonly leaseId?: string | null;
};

/**
 * The part as statements want it: the buildings it is limited to, null for all of them, and whether
 * money that belongs to no building is seen.
 */
export function termsOf(scope: OrgScope, { buildingId, leaseId = null }: LedgerPart) {
  const within = buildingsOf(scope);
  const isMine = (id: string) => isId(id) && (within?.includes(id) ?? true);
  const asked = buildingId !== null && isMine(buildingId) ? [buildingId] : [];
  return {
    buildings: buildingId === null ? within : asked,
    isWhole: buildingId === null && within === null && leaseId === null,
    // An id that is none finds nothing.
    leaseId: leaseId === null ? null : isId(leaseId) ? leaseId : scope.organizationId,
  };
}

export function currencyOf(text: string): CurrencyCode {
  const currency = parseCurrencyCode(text);
  assert(currency.ok, "the ledger is in currencies we know");
  return currency.value;
}

export function requireAccount(text: string): LedgerAccount {
  const account = LEDGER_ACCOUNTS.find((known) => known === text);
  assert(account, "a stored transfer names a known account");
  return account;
}
