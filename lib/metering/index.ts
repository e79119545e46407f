import "server-only";

export { type Estimate, estimateRemaining, type TopUp } from "./core/estimate-remaining";
export { type Light, lightOf } from "./core/light-of";
export { type CivilSpan, lastPeriods, periodBefore, type UsagePeriod } from "./core/usage-periods";
export type { DecideError, ReadingRefusal, RecordError } from "./errors";
export { decideQuarantined, listQuarantined, type QuarantinedReading } from "./shell/quarantine";
export { type NewReading, type ReadingOutcome, recordReadings } from "./shell/record-readings";
export { rollUpUsage } from "./shell/roll-up";
export { type UnitUsage, type UsageMark, usageOfUnit } from "./shell/usage-of-unit";
