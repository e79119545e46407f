import "server-only";

export type { Estimate } from "./core/estimate-remaining";
export { type Light, lightOf } from "./core/light-of";
export { readPush } from "./core/read-push";
export { type CivilSpan, lastPeriods, type UsagePeriod } from "./core/usage-periods";
export type { DecideError, LifeError, ReadingRefusal, RecordError } from "./errors";
export { creditOfUnit, listCredits, refreshCredit, type UnitCredit } from "./shell/credit";
export {
  createGateway,
  gatewaySecretHash,
  listGateways,
  revokeGateway,
} from "./shell/gateways";
export { findLastRemaining } from "./shell/last-remaining";
export {
  listReadingsOfMeter,
  listStaysOfMeter,
  type MeterStay,
  type ReadingOfMeter,
} from "./shell/meter-history";
export {
  addReadMeter,
  closeStay,
  putInMeter,
  type Shown,
  swapMeter,
  type TakenOut,
  takeOutMeter,
} from "./shell/meter-life";
export {
  countQuarantined,
  decideQuarantined,
  listQuarantined,
  type QuarantinedReading,
} from "./shell/quarantine";
export { readSheet, type SheetFault } from "./shell/read-sheet";
export { type BatchOutcome, recordBatch } from "./shell/record-batch";
export { type NewReading, type ReadingOutcome, recordReadings } from "./shell/record-readings";
export { rollUpUsage } from "./shell/roll-up";
export { planBuildingRollUp, rollUpBuilding } from "./shell/roll-up-building";
export { listRound, type RoundStop } from "./shell/round";
export { type Usage, type UsageSubject, usageOf } from "./shell/usage-of";
export type { UsageMark } from "./shell/usage-rows";
