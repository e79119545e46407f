export {
  ACCOUNT_PROVIDERS,
  type AccountProvider,
  accountFields,
  parseAccountProvider,
} from "./core/account-form";
export { CASE_DECISIONS, type CaseDecision, parseCaseDecision } from "./core/case-decision";
export { PAYMENT_STATUSES, type PaymentStatus, parsePaymentStatus } from "./core/payment-states";
