import { err, ok, type Result } from "@/lib/kernel";
import type { Price, PriceLine, PurchaseBasis } from "@/lib/tariffs/shared";

/** A credit token counts in steps of 0.1 kWh (IEC 62055-41, class 0: transfer amount). */
export const TOKEN_STEP_WH = 100n;
/** Above this a token's own coding is coarser than 0.1 kWh: what is more takes another token. */
export const MAXIMUM_TOKEN_UNITS = 16_383n;
/** As many tokens as anybody types for one purchase. */
export const MOST_TOKENS = 8;

/** What is due of a fixed charge, net of tax, with everything raised up to a day. */
export type ChargeDue = {
  readonly code: string;
  readonly dueMinor: bigint;
  readonly raisedOn: string;
};

/** What a price stands on: as long as it is so, and no longer than `until`, the price holds. */
export type Basis = {
  readonly carriedWh: bigint;
  /** Money kept for the occupancy; all of it is spent first. */
  readonly walletMinor: bigint;
  /** The first day of the month in the building's zone, and what was bought in it so far. */
  readonly month: string;
  readonly monthBeforeWh: bigint;
  readonly arrearsMinor: bigint;
  readonly charges: readonly ChargeDue[];
  readonly until: Date;
};

/** A tariff version at work: what an amount buys, and the smallest amount that buys an energy. */
export type Pricing = {
  readonly priceOf: (
    amountMinor: bigint,
    basis: PurchaseBasis,
  ) => Result<Price, { readonly code: "amount-too-small" }>;
  readonly costOf: (energyWh: bigint, basis: PurchaseBasis) => bigint;
  /** A fee that the landlord bears: no line of the price, taken from what the landlord gets. */
  readonly ownerFeeOf: (amountMinor: bigint) => bigint;
};

/** A price with its basis and what the tokens will carry: whole steps, the rest carried on. */
export type QuoteFigures = {
  /** What is paid; with what the wallet gives it is the sum of the lines and the unspent. */
  readonly amountMinor: bigint;
  readonly walletMinor: bigint;
  readonly ownerFeeMinor: bigint;
  readonly includedTaxMinor: bigint;
  readonly unspentMinor: bigint;
  readonly lines: readonly PriceLine[];
  readonly charges: readonly (ChargeDue & { readonly afterMinor: bigint })[];
  readonly arrearsBeforeMinor: bigint;
  readonly month: string;
  readonly monthBeforeWh: bigint;
  readonly energyWh: bigint;
  readonly carriedBeforeWh: bigint;
  readonly carriedAfterWh: bigint;
  readonly tokenUnits: bigint;
  readonly basisUntil: Date;
};

export type QuoteError =
  | { readonly code: "amount-too-small"; readonly minimumMinor: bigint }
  | { readonly code: "energy-too-large"; readonly maximumMinor: bigint };

/** A basis as the tariff's arithmetic takes it. */
export function purchaseBasis({ monthBeforeWh, arrearsMinor, charges }: Basis): PurchaseBasis {
  const fixedDueMinor = new Map(charges.map(({ code, dueMinor }) => [code, dueMinor]));
  return { monthToDateWh: monthBeforeWh, arrearsMinor, fixedDueMinor };
}

/**
 * Prices an amount on a basis. Energy and carried watt-hours together equal what the tokens say and
 * what is carried on: nothing is lost, nothing is given away. Refuses less than one step, with the
 * smallest amount that buys one, and more than eight tokens can say, with the largest.
 */
export function quoteFigures(input: {
  readonly pricing: Pricing;
  readonly amountMinor: bigint;
  readonly basis: Basis;
}): Result<QuoteFigures, QuoteError> {
  const { pricing, amountMinor, basis } = input;
  const { carriedWh, walletMinor } = basis;
  const due = purchaseBasis(basis);
  const toPayFor = (energyWh: bigint) => atLeastOne(pricing.costOf(energyWh, due) - walletMinor);
  const price = pricing.priceOf(amountMinor + walletMinor, due);
  const boughtWh = price.ok ? price.value.energyWh : 0n;
  if (!price.ok || boughtWh === 0n || boughtWh + carriedWh < TOKEN_STEP_WH) {
    const minimumMinor = toPayFor(atLeastOne(TOKEN_STEP_WH - carriedWh));
    return err({ code: "amount-too-small", minimumMinor });
  }
  const availableWh = boughtWh + carriedWh;
  const tokenUnits = availableWh / TOKEN_STEP_WH;
  const mostUnits = MAXIMUM_TOKEN_UNITS * BigInt(MOST_TOKENS);
  if (tokenUnits > mostUnits) {
    const firstTooMuchWh = (mostUnits + 1n) * TOKEN_STEP_WH - carriedWh;
    return err({ code: "energy-too-large", maximumMinor: toPayFor(firstTooMuchWh) - 1n });
  }
  const { lines, includedTaxMinor, unspentMinor } = price.value;
  return ok({
    amountMinor,
    walletMinor,
    ownerFeeMinor: pricing.ownerFeeOf(amountMinor),
    includedTaxMinor,
    unspentMinor,
    lines,
    charges: basis.charges.map((charge) => ({
      ...charge,
      afterMinor: charge.dueMinor - amountOf(lines, `fixed:${charge.code}`),
    })),
    arrearsBeforeMinor: basis.arrearsMinor,
    month: basis.month,
    monthBeforeWh: basis.monthBeforeWh,
    energyWh: boughtWh,
    carriedBeforeWh: carriedWh,
    carriedAfterWh: availableWh % TOKEN_STEP_WH,
    tokenUnits,
    basisUntil: basis.until,
  });
}

const atLeastOne = (amount: bigint): bigint => (amount > 1n ? amount : 1n);

function amountOf(lines: readonly PriceLine[], code: string): bigint {
  return lines.find((line) => line.code === code)?.amountMinor ?? 0n;
}
