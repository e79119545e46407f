export type { PriceLine, PurchaseBasis } from "./core/charges-before-energy";
export type { Price } from "./core/price-of-amount";
