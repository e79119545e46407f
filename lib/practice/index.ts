import "server-only";

export type { CheckoutState } from "./core/checkout-state";
export { MAXIMUM_LOAD_WATT } from "./core/maximum-load";
export type { PracticeEntry, PracticeEntryResult, PracticeMeterView } from "./core/meter-view";
export type { DecideCheckoutError, EnterTokenError, SetLoadError } from "./errors";
export { type CheckoutView, type Decision, decideCheckout, findCheckout } from "./shell/checkouts";
export { type EnteredToken, enterToken } from "./shell/enter-token";
export { payMany } from "./shell/pay-many";
export { findPracticeMeter } from "./shell/practice-meters";
export { PRACTICE_PROVIDER, practiceProvider } from "./shell/practice-provider";
export { type CallbackRoute, sendCallback } from "./shell/send-callback";
export { setLoad } from "./shell/set-load";
