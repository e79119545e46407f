import type { Decimal } from "@/lib/money";

/** What a purchase stands on beside its amount: decided before a price is made. */
export type PurchaseBasis = {
  /** Bought on the occupancy in the building's month so far. */
  readonly monthToDateWh: bigint;
  readonly arrearsMinor: bigint;
  /** What is due of each fixed charge, net of tax, by its code. */
  readonly fixedDueMinor: ReadonlyMap<string, bigint>;
};

/** A first purchase of a month by somebody who owes nothing. */
export const NOTHING_DUE: PurchaseBasis = {
  monthToDateWh: 0n,
  arrearsMinor: 0n,
  fixedDueMinor: new Map(),
};

/** `fee`, `arrears`, `fixed:CODE`, `energy`, `levy:CODE` or `tax`, and above zero. */
export type PriceLine = { readonly code: string; readonly amountMinor: bigint };

/** What of a purchase fell into one step of the tariff. */
export type PricedBlock = {
  /** Where in the month it begins, and where the step ends; null: nowhere. */
  readonly fromWh: bigint;
  readonly upToWh: bigint | null;
  readonly pricePerKwh: Decimal;
  readonly energyWh: bigint;
  /** With levies and tax; of all blocks together it is what was spent on energy. */
  readonly costMinor: bigint;
};

/** What an amount buys. The lines and what stays unspent add up to the amount. */
export type Price = {
  readonly energyWh: bigint;
  /** For energy, with its levies and tax. */
  readonly spentMinor: bigint;
  readonly unspentMinor: bigint;
  /** Tax inside the energy's price where prices include it: an "of which", not a line. */
  readonly includedTaxMinor: bigint;
  readonly lines: readonly PriceLine[];
  readonly blocks: readonly PricedBlock[];
};

/** The amount of one line; nothing for a line that a price does not have. */
export function amountOfLine({ lines }: Pick<Price, "lines">, code: string): bigint {
  return lines.find((line) => line.code === code)?.amountMinor ?? 0n;
}
