import type { MessageKey, Translate } from "@/components/ui/translate";
import type { LedgerAccount, LedgerBalance, LedgerReason, OpenMoney } from "@/lib/ledger";
import { LEDGER_ACCOUNTS } from "@/lib/ledger";
import { type CurrencyCode, formatMoney, parseCurrencyCode } from "@/lib/money";

const ACCOUNT_KEYS = {
  provider_clearing: "ledgerAccount.providerClearing",
  customer_unallocated: "ledgerAccount.customerUnallocated",
  vend_pending: "ledgerAccount.vendPending",
  landlord_payable: "ledgerAccount.landlordPayable",
  tax_payable: "ledgerAccount.taxPayable",
  fee_income: "ledgerAccount.feeIncome",
  arrears_receivable: "ledgerAccount.arrearsReceivable",
  deposits_held: "ledgerAccount.depositsHeld",
  wallet: "ledgerAccount.wallet",
  cash_drawer: "ledgerAccount.cashDrawer",
  refunds_payable: "ledgerAccount.refundsPayable",
  disputes: "ledgerAccount.disputes",
  suspense: "ledgerAccount.suspense",
  free_issues: "ledgerAccount.freeIssues",
  opening: "ledgerAccount.opening",
} as const satisfies Record<LedgerAccount, MessageKey>;

const REASON_KEYS = {
  "payment.received": "ledgerReason.paymentReceived",
  "payment.twice": "ledgerReason.paymentTwice",
  "payment.late": "ledgerReason.paymentLate",
  "payment.unmatched": "ledgerReason.paymentUnmatched",
  "payment.assigned": "ledgerReason.paymentAssigned",
  "sale.reserved": "ledgerReason.saleReserved",
  "sale.energy": "ledgerReason.saleEnergy",
  "sale.levy": "ledgerReason.saleLevy",
  "sale.fixed": "ledgerReason.saleFixed",
  "sale.tax": "ledgerReason.saleTax",
  "sale.fee": "ledgerReason.saleFee",
  "sale.arrears": "ledgerReason.saleArrears",
  "sale.unspent": "ledgerReason.saleUnspent",
  "sale.given-up": "ledgerReason.saleGivenUp",
  "wallet.spent": "ledgerReason.walletSpent",
  "wallet.paid-out": "ledgerReason.walletPaidOut",
  "refund.due": "ledgerReason.refundDue",
  "refund.paid": "ledgerReason.refundPaid",
  "issue.energy": "ledgerReason.issueEnergy",
  "issue.tax": "ledgerReason.issueTax",
  "dispute.opened": "ledgerReason.disputeOpened",
  "dispute.won": "ledgerReason.disputeWon",
  "dispute.lost": "ledgerReason.disputeLost",
  "arrears.charged": "ledgerReason.arrearsCharged",
  "arrears.written-off": "ledgerReason.arrearsWrittenOff",
  "arrears.paid": "ledgerReason.arrearsPaid",
  "deposit.taken": "ledgerReason.depositTaken",
  "deposit.returned": "ledgerReason.depositReturned",
  "cash.float": "ledgerReason.cashFloat",
  "cash.sold": "ledgerReason.cashSold",
  "cash.banked": "ledgerReason.cashBanked",
  "cash.short": "ledgerReason.cashShort",
  "cash.over": "ledgerReason.cashOver",
  "payout.made": "ledgerReason.payoutMade",
  correction: "ledgerReason.correction",
} as const satisfies Record<LedgerReason, MessageKey>;

export const accountText = (account: LedgerAccount, t: Translate) => t(ACCOUNT_KEYS[account]);
export const reasonText = (reason: LedgerReason, t: Translate) => t(REASON_KEYS[reason]);

/** The side a balance stands on: what is owed stands on the credit side. */
export function sidesOf({ balanceMinor }: Pick<LedgerBalance, "balanceMinor">) {
  return {
    debitMinor: balanceMinor < 0n ? -balanceMinor : 0n,
    creditMinor: balanceMinor > 0n ? balanceMinor : 0n,
  };
}

/** "KES 500 in vends, 1 item": what has not come to rest, one account and currency. */
export function openMoneyText(open: OpenMoney, locale: string, t: Translate): string {
  const account = LEDGER_ACCOUNTS.find((known) => known === open.account);
  const currency = parseCurrencyCode(open.currency);
  return t("ledger.openMoney", {
    amount: currency.ok
      ? moneyText({ amountMinor: open.amountMinor, currency: currency.value }, locale)
      : open.currency,
    account: account ? accountText(account, t) : open.account,
    count: open.count,
  });
}

export function moneyText(
  money: { readonly amountMinor: bigint; readonly currency: CurrencyCode },
  locale: string,
): string {
  return formatMoney(money, locale, {});
}
