import { err, ok, type Result } from "@/lib/kernel";

/** A credit token counts in steps of 0.1 kWh (IEC 62055-41, class 0: transfer amount). */
export const TOKEN_STEP_WH = 100n;
/** Above this a token's own coding is coarser than 0.1 kWh; such purchases are refused for now. */
export const MAXIMUM_TOKEN_UNITS = 16_383n;

/** What an amount buys, line by line, as the tariff says it. */
export type Price = {
  readonly energyWh: bigint;
  readonly energyMinor: bigint;
  readonly taxMinor: bigint;
  readonly includedTaxMinor: bigint;
  readonly unspentMinor: bigint;
};

/** A tariff version at work: what an amount buys, and the smallest amount that buys an energy. */
export type Pricing = {
  readonly priceOf: (amountMinor: bigint) => Price;
  readonly costOf: (energyWh: bigint) => bigint;
};

/** A price with what the token will carry: whole steps, the rest carried to the next purchase. */
export type QuoteFigures = Price & {
  readonly amountMinor: bigint;
  readonly carriedBeforeWh: bigint;
  readonly carriedAfterWh: bigint;
  readonly tokenUnits: bigint;
};

export type QuoteError =
  | { readonly code: "amount-too-small"; readonly minimumMinor: bigint }
  | { readonly code: "energy-too-large"; readonly maximumMinor: bigint };

/**
 * Prices an amount for an occupancy that carries `carriedWh` watt-hours from before. Energy and
 * carried watt-hours together equal the token's and what is carried on: nothing is lost, nothing is
 * given away. Refuses less than one step, with the smallest amount that buys one, and more than one
 * token can say exactly, with the largest.
 */
export function quoteFigures(input: {
  readonly pricing: Pricing;
  readonly amountMinor: bigint;
  readonly carriedWh: bigint;
}): Result<QuoteFigures, QuoteError> {
  const { amountMinor, carriedWh } = input;
  const { priceOf, costOf } = input.pricing;
  const price = priceOf(amountMinor);
  const availableWh = price.energyWh + carriedWh;
  if (availableWh < TOKEN_STEP_WH || price.energyWh === 0n) {
    const neededWh = TOKEN_STEP_WH - carriedWh;
    return err({ code: "amount-too-small", minimumMinor: costOf(neededWh > 1n ? neededWh : 1n) });
  }
  const tokenUnits = availableWh / TOKEN_STEP_WH;
  if (tokenUnits > MAXIMUM_TOKEN_UNITS) {
    const firstTooMuchWh = (MAXIMUM_TOKEN_UNITS + 1n) * TOKEN_STEP_WH - carriedWh;
    return err({ code: "energy-too-large", maximumMinor: costOf(firstTooMuchWh) - 1n });
  }
  const carriedAfterWh = availableWh % TOKEN_STEP_WH;
  return ok({ ...price, amountMinor, carriedBeforeWh: carriedWh, carriedAfterWh, tokenUnits });
}
