import "server-only";

export { addressHash } from "./core/purchase-address";
export { isSold, type PurchaseStatus } from "./core/purchase-states";
export type { OpenPurchaseError, StartPaymentError } from "./errors";
export { type AuditFinding, auditPurchase } from "./shell/audit-purchase";
export { expirePurchase, markDelivered, refundPurchase } from "./shell/close-purchase";
export { type OpenedPurchase, openPurchase } from "./shell/open-purchase";
export { listPurchaseEvents, type PurchaseEventView } from "./shell/purchase-events";
export { findPurchase, type PurchaseView } from "./shell/purchase-view";
export {
  listSales,
  listTopUpsByUnit,
  listUnsettled,
  type SalesTotal,
  type SaleView,
  totalSales,
  type UnsettledSale,
} from "./shell/sales";
export { startPayment } from "./shell/start-payment";
export { vendPurchase } from "./shell/vend-purchase";
