type StoredStep = { readonly upToKwh: string | null; readonly price: string };

type StoredLevy = { readonly code: string; readonly taxable: boolean } & (
  | { readonly perKwh: string }
  | { readonly percentOf: "energy"; readonly percent: string }
);

type StoredFixedCharge = {
  readonly code: string;
  readonly taxable: boolean;
  readonly maxPercentOfPurchase: string;
  readonly amount?: string | null;
  readonly per?: "month" | "day" | null;
  readonly whenUnpaid?: "drop" | "accumulate" | null;
};

/** A version as it is stored: JSON with every rate as text. What is absent stands for nothing. */
export type StoredDefinition = {
  readonly pricesIncludeTax: boolean;
  readonly tax: { readonly code: string; readonly percent: string };
  readonly fee?: {
    readonly percent: string;
    readonly fixed: string;
    readonly bearer: "owner" | "resident";
  };
  readonly arrears?: { readonly maxPercent: string };
  readonly fixed?: readonly StoredFixedCharge[];
  readonly steps: readonly StoredStep[];
  readonly levies?: readonly StoredLevy[];
  readonly energyTaxable?: boolean;
};
