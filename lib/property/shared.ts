export { MOST_BEDS, parseBedLabels } from "./core/bed-labels";
export { dayAfter, dayBefore, monthStartAfter, parseCivilDay } from "./core/civil-day";
export { type DrawUnitsFault, drawUnits } from "./core/draw-units";
export { formatJoinCode, parseJoinCode } from "./core/join-code";
export {
  type JoinFaults,
  type JoinForm,
  parseJoinForm,
  parseResidentContact,
  parseResidentName,
  RESIDENT_LONGEST,
  type ResidentContact,
  type ResidentFault,
} from "./core/resident-form";
export { parseReadNumber, parseResource, RESOURCES, type Resource } from "./core/resource";
export { hasBeds, LET_KINDS, parseUnitKind, UNIT_KINDS, type UnitKind } from "./core/unit-kind";
export type {
  AddBedsError,
  CreateMeterError,
  DecideNumberError,
  InstallMeterError,
  SetMeterStatusError,
  StartLeaseError,
} from "./errors";
