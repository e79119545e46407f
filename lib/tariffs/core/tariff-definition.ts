import type { Decimal } from "@/lib/money";

/**
 * What a flat tariff version says. Prices are major currency units for one kWh, exact decimals.
 * The stored form is the one of docs/decisions/004-tariff-form.md, of which this is the part with
 * one
 * step and no levies, fees, fixed charges or arrears.
 */
export type TariffDefinition = {
  readonly pricePerKwh: Decimal;
  readonly taxPercent: Decimal;
  readonly pricesIncludeTax: boolean;
};
