import type { Decimal } from "@/lib/money";

/** A price for the energy from the step before up to so many kWh of the month. */
export type Step = { readonly upToKwh: Decimal | null; readonly price: Decimal };

/** On top of the energy's price: so much for a kWh, or so many percent of the energy's price. */
export type Levy = { readonly code: string; readonly taxable: boolean } & (
  | { readonly perKwh: Decimal }
  | { readonly percentOf: "energy"; readonly percent: Decimal }
);

/** Due by time and not by energy; `amount` is net of tax, in major units. */
export type FixedCharge = {
  readonly code: string;
  readonly taxable: boolean;
  /** Of what is left of a purchase, it takes at most so much. */
  readonly maxPercentOfPurchase: Decimal;
  /** Null where what is due comes in with the purchase. */
  readonly amount: Decimal | null;
  readonly per: "month" | "day" | null;
  /** What nobody paid at the end of a month. */
  readonly whenUnpaid: "drop" | "accumulate" | null;
};

/**
 * What a tariff version says (docs/decisions/004-tariff-form.md). Prices are major currency units
 * for one kWh, exact decimals; steps are cumulative over the kWh bought in the building's month.
 */
export type TariffDefinition = {
  readonly pricesIncludeTax: boolean;
  readonly tax: { readonly code: string; readonly percent: Decimal };
  readonly fee: {
    readonly percent: Decimal;
    readonly fixed: Decimal;
    readonly bearer: "owner" | "resident";
  };
  readonly arrears: { readonly maxPercent: Decimal };
  readonly fixed: readonly FixedCharge[];
  readonly steps: readonly Step[];
  readonly levies: readonly Levy[];
  readonly energyTaxable: boolean;
};
