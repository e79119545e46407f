export { parseCivilDay } from "./core/civil-day";
export { formatJoinCode, parseJoinCode } from "./core/join-code";
export {
  type JoinFaults,
  parseJoinForm,
  parseResidentContact,
  parseResidentName,
  RESIDENT_LONGEST,
  type ResidentContact,
  type ResidentFault,
} from "./core/resident-form";
