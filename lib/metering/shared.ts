export type { Estimate } from "./core/estimate-remaining";
export type { Light } from "./core/light-of";
