import "server-only";

export { amountForEnergy, type Price, priceOfAmount } from "./core/price-of-amount";
export type { TariffDefinition } from "./core/tariff-definition";
export {
  createTariff,
  findVersionInForce,
  requireVersion,
  type TariffVersionInForce,
} from "./shell/tariffs";
