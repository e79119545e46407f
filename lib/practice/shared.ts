export type { CheckoutState } from "./core/checkout-state";
export { MAXIMUM_LOAD_WATT } from "./core/maximum-load";
export type { PracticeEntry, PracticeEntryResult, PracticeMeterView } from "./core/meter-view";
