import "server-only";

export type { DifferenceReason } from "./core/compare-receipts";
export { parseEnergySteps } from "./core/energy-steps";
export { addressHash, formatReceiptNumber } from "./core/purchase-address";
export { isSold, type PurchaseStatus } from "./core/purchase-states";
export { type ReceiptRow, type ReceiptSection, receiptOf } from "./core/receipt";
export { smsTexts } from "./core/sms-texts";
export type {
  AnswerTestError,
  IssueError,
  OpenPurchaseError,
  RequestIssueError,
  SellFromCaseError,
  StartPaymentError,
  StartTestError,
} from "./errors";
export { type AmountLimits, findAmountLimits } from "./shell/amount-limits";
export { finishIssue, issueApproved, requestFreeIssue } from "./shell/approved-issue";
export { auditIssue } from "./shell/audit-issue";
export { type AuditFinding, auditPurchase, auditPurchases } from "./shell/audit-purchase";
export { expirePurchase, markDelivered, refundPurchase } from "./shell/close-purchase";
export { type IssueView, listIssues } from "./shell/issue-views";
export { answerMeterTest, endMeterTest, startMeterTest } from "./shell/meter-test";
export { openPaidPurchase } from "./shell/open-paid-purchase";
export { type OpenedPurchase, openPurchase } from "./shell/open-purchase";
export { decideClaim, offerPaybill, takeClaim } from "./shell/paybill";
export { listPurchaseEvents, type PurchaseEventView } from "./shell/purchase-events";
export { findPurchase, type PurchaseView } from "./shell/purchase-view";
export { receiptJson, receiptSchema } from "./shell/receipt-json";
export {
  type ComparedPurchase,
  compareWithPrevious,
  listReprints,
  type ReprintView,
  reprintPurchase,
} from "./shell/receipts";
export { listSales, type SaleView } from "./shell/sales";
export { sellFromCase } from "./shell/sell-from-case";
export { type OpenedSale, openMany, type PricedSale, vendMany } from "./shell/sell-many";
export { startPayment } from "./shell/start-payment";
export { vendPurchase } from "./shell/vend-purchase";
