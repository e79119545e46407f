// The chart of accounts of an organization. Kept by a CHECK of ledger_transfer, compared by a test.

export const LEDGER_ACCOUNTS = [
  "provider_clearing", // money a provider holds for us until it is paid out
  "customer_unallocated", // received, not yet used for anything
  "vend_pending", // reserved for a token that is being issued
  "landlord_payable", // energy sold and levies, net of tax, and what leases are charged
  "tax_payable",
  "fee_income", // what buying costs beside the energy
  "arrears_receivable", // what leases owe
  "deposits_held", // what leases have left as a security
  "wallet", // left over, late or paid twice, kept for the occupancy
  "cash_drawer", // what lies at the desks
  "refunds_payable", // to be paid back
  "disputes", // claimed back through a card company, undecided
  "suspense", // received, and nobody knows yet for whom
  "free_issues", // the value of tokens that two people approved and nobody paid for
  "opening", // what was there before the books began
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
