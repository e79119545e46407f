import "server-only";

export { type ChargeState, fixedDue } from "./core/fixed-due";
export {
  amountOfLine,
  NOTHING_DUE,
  type Price,
  type PricedBlock,
  type PriceLine,
  type PurchaseBasis,
} from "./core/price";
export { amountForEnergy, ownerFee, priceOfAmount } from "./core/price-of-amount";
export type { TariffDefinition } from "./core/tariff-definition";
export {
  createTariff,
  findVersionInForce,
  requireVersion,
  type TariffVersionInForce,
} from "./shell/tariffs";
