import "server-only";

export { maskName } from "./core/mask-name";
export { maskUnit } from "./core/mask-unit";
export { archiveMeter } from "./shell/archive-meter";
export { addBeds, type BedView, listBeds } from "./shell/beds";
export {
  type BuildingFacts,
  type BuildingView,
  findBuilding,
  findBuildingFacts,
  findUnit,
  listBuildings,
  listPlaces,
  type UnitView,
  type UnitWithBuilding,
} from "./shell/building-views";
export { createBed, createBuilding, createUnit, findUnitId } from "./shell/buildings";
export { civilDayAt, civilTimeAt, instantOfCivilTime, startOfCivilDay } from "./shell/civil-time";
export { addUnits, drawBuilding } from "./shell/draw-building";
export { endLease, forgetEndedLease } from "./shell/end-lease";
export { findServedMeter, type MeterProof, type ServedMeter } from "./shell/find-served-meter";
export { findOwnLease, listHeldLeases } from "./shell/held-leases";
export { type HeldUnit, listHeldUnits } from "./shell/held-units";
export { startLease } from "./shell/leases";
export {
  findMeter,
  listMeters,
  listVendingKeys,
  type MeterCursor,
  type MeterList,
  type MeterView,
  type VendingKeyView,
} from "./shell/meter-views";
export {
  createMeter,
  createReadMeter,
  createReadMeterIn,
  installMeter,
  installMeterIn,
  lockMeters,
  setMeterStatus,
} from "./shell/meters";
export { decideNumber, listNumberQueue, recordContested } from "./shell/number-queue";
export { setResidentContact } from "./shell/resident-contact";
export {
  acceptInvitation,
  findInvitation,
  type InvitationView,
  inviteResident,
  withdrawInvitation,
} from "./shell/resident-invitations";
export { retryOverlap } from "./shell/retry-overlap";
export { type BuildingRooms, listRooms, type Place, type Room } from "./shell/rooms";
export { listUnitLeases, type UnitLease } from "./shell/unit-leases";
export { listMetersOfUnit, type UnitMeter } from "./shell/unit-meters";
