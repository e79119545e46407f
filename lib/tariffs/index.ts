import "server-only";

export { amountForEnergy } from "./core/amount-for-energy";
export {
  NOTHING_DUE,
  ownerFee,
  type PriceLine,
  type PurchaseBasis,
} from "./core/charges-before-energy";
export { type ChargeState, fixedDue } from "./core/fixed-due";
export { nextKwh } from "./core/next-kwh";
export { amountOfLine, type Price, type PricedBlock, priceOfAmount } from "./core/price-of-amount";
export type { StoredDefinition } from "./core/stored-definition";
export type { FixedCharge, Levy, Step, TariffDefinition } from "./core/tariff-definition";
export {
  createTariff,
  findVersionInForce,
  requireVersion,
  type TariffVersionInForce,
} from "./shell/tariffs";
