// The chart of accounts of an organization. Kept by a CHECK of ledger_transfer, compared by a test.

export const LEDGER_ACCOUNTS = [
  "provider_clearing", // money a provider holds for us until it is paid out
  "customer_unallocated", // received, not yet used for anything
  "vend_pending", // reserved for a token that is being issued
  "landlord_payable", // energy sold, net of tax
  "tax_payable",
  "fee_income",
  "arrears_receivable",
  "deposits_held",
  "wallet", // left over or paid twice, kept for the occupancy
  "cash_drawer",
  "refunds_payable", // to be paid back
  "disputes", // taken back by a provider until a dispute is decided
  "suspense", // received, and a person must say whose it is
  "free_issues", // the value of tokens that two people approved and nobody paid for
  "opening",
] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

export type Movement = {
  readonly debit: LedgerAccount;
  readonly credit: LedgerAccount;
  readonly amountMinor: bigint;
};

/**
 * Credit less debit of each account that moved. The sum over all accounts is zero by construction,
 * for each movement debits and credits the same amount.
 */
export function balancesOf(movements: readonly Movement[]): ReadonlyMap<LedgerAccount, bigint> {
  const balances = new Map<LedgerAccount, bigint>();
  const add = (account: LedgerAccount, amountMinor: bigint) =>
    balances.set(account, (balances.get(account) ?? 0n) + amountMinor);
  for (const { debit, credit, amountMinor } of movements) {
    add(debit, -amountMinor);
    add(credit, amountMinor);
  }
  return balances;
}
