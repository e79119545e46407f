export type { Estimate } from "./core/estimate-remaining";
export type { Light } from "./core/light-of";
export { parseKwh } from "./core/parse-kwh";
export { parseQuantity, QUANTITIES, type Quantity } from "./core/reading";
export { USAGE_SCALES, type UsageScale } from "./core/usage-periods";
