export {
  ACCOUNT_PROVIDERS,
  type AccountProvider,
  accountFields,
  parseAccountProvider,
} from "./core/account-form";
export { PAYMENT_STATUSES, type PaymentStatus, parsePaymentStatus } from "./core/payment-states";
