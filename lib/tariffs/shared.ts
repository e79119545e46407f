export type { PriceLine, PurchaseBasis } from "./core/charges-before-energy";
export type { Price, PricedBlock } from "./core/price-of-amount";
export type { TariffDefinition } from "./core/tariff-definition";
