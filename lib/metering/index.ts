import "server-only";

export { type Estimate, estimateRemaining, type TopUp } from "./core/estimate-remaining";
export { type Light, lightOf } from "./core/light-of";
