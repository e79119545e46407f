import type { Decimal } from "@/lib/money";

/** A stretch of the month's kWh at one price; the last one has no end. Watt-hours, cumulative. */
export type Step = { readonly upToWh: bigint | null; readonly price: Decimal };

/** What is added to every kWh: so much money, or so much of the energy's price. */
export type Levy = { readonly code: string; readonly taxable: boolean } & (
  | { readonly perKwh: Decimal }
  | { readonly percentOf: "energy"; readonly percent: Decimal }
);

/** A charge for having the connection, whatever is used. */
export type FixedCharge = {
  readonly code: string;
  readonly taxable: boolean;
  readonly maxPercentOfPurchase: Decimal;
  /** Major units for each month or day, before tax; null where what is due is told from outside. */
  readonly amount: Decimal | null;
  readonly per: "month" | "day" | null;
  /** What becomes of it at the month's end when it was not paid. */
  readonly whenUnpaid: "drop" | "accumulate" | null;
};

/**
 * What a tariff version says. Prices are major currency units for one kWh, exact decimals; percents
 * are of a hundred. The stored form is the one of docs/decisions/004-tariff-form.md.
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
