export { dayAfter, dayBefore, parseCivilDay } from "./core/civil-day";
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
export type {
  CreateMeterError,
  DecideNumberError,
  InstallMeterError,
  SetMeterStatusError,
  StartLeaseError,
} from "./errors";
