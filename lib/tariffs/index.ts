import "server-only";

export { amountForEnergy } from "./core/amount-for-energy";
export {
  NOTHING_DUE,
  ownerFee,
  type PriceLine,
  type PurchaseBasis,
} from "./core/charges-before-energy";
export { compareTariffs, isAboveReference } from "./core/compare-tariffs";
export { type ChargeState, fixedDue } from "./core/fixed-due";
export { nextKwh } from "./core/next-kwh";
export { amountOfLine, type Price, type PricedBlock, priceOfAmount } from "./core/price-of-amount";
export type { StoredDefinition } from "./core/stored-definition";
export type { FixedCharge, Levy, Step, TariffDefinition } from "./core/tariff-definition";
export type { ScheduleError } from "./errors";
export { parseDefinition } from "./shell/definition-form";
export { findTariff, listTariffs, type TariffView, type VersionView } from "./shell/list-tariffs";
export { listReferences, type ReferenceTariff } from "./shell/references";
export { isUsed, type NewVersion, scheduleVersion } from "./shell/schedule-version";
export {
  addTariff,
  createTariff,
  findVersionInForce,
  requireVersion,
  type TariffVersionInForce,
} from "./shell/tariffs";
export { carryOutTariffApproval, withdrawVersion } from "./shell/version-steps";
