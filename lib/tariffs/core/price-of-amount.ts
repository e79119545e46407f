import { assert } from "@/lib/kernel";
import {
  type CurrencyCode,
  ceilRational,
  floorRational,
  minorDigitsOf,
  multiplyRationals,
  type Rational,
  rational,
  rationalOfDecimal,
  roundHalfUp,
  splitByWeight,
} from "@/lib/money";
import type { TariffDefinition } from "./tariff-definition";

/** What an amount of money buys, line by line. Energy, tax and unspent add up to the amount. */
export type Price = {
  readonly energyWh: bigint;
  readonly energyMinor: bigint;
  readonly taxMinor: bigint;
  /** Tax inside `energyMinor` where prices include it: an "of which", not a line. */
  readonly includedTaxMinor: bigint;
  readonly unspentMinor: bigint;
};

type Rates = {
  readonly netPerWh: Rational;
  readonly taxPerWh: Rational;
  readonly percent: Rational;
};

/** Exact rates in minor units for one watt-hour; nothing is rounded here. */
function ratesOf(definition: TariffDefinition, currency: CurrencyCode): Rates {
  const price = rationalOfDecimal(definition.pricePerKwh);
  const percent = rationalOfDecimal(definition.taxPercent);
  const minorPerMajor = 10n ** BigInt(minorDigitsOf(currency));
  const netPerWh = multiplyRationals(price, rational(minorPerMajor, 1_000n));
  const onTop = definition.pricesIncludeTax
    ? rational(0n)
    : multiplyRationals(percent, rational(1n, 100n));
  return { netPerWh, taxPerWh: multiplyRationals(netPerWh, onTop), percent };
}

/** Net plus tax over one common denominator, so that both can be split exactly. */
function partsOf(rates: Rates): { net: bigint; tax: bigint; denominator: bigint } {
  const { netPerWh, taxPerWh } = rates;
  return {
    net: netPerWh.numerator * taxPerWh.denominator,
    tax: taxPerWh.numerator * netPerWh.denominator,
    denominator: netPerWh.denominator * taxPerWh.denominator,
  };
}

/**
 * Prices an amount by a flat tariff. Energy is the largest whole number of watt-hours whose exact
 * cost is not above the amount; the cost is rounded up to a minor unit, once, and split into energy
 * and tax by largest remainder, the earlier line first. The rest is unspent.
 */
export function priceOfAmount(input: {
  readonly definition: TariffDefinition;
  readonly currency: CurrencyCode;
  readonly amountMinor: bigint;
}): Price {
  const { definition, currency, amountMinor } = input;
  assert(amountMinor > 0n, "an amount to price is above zero");
  const rates = ratesOf(definition, currency);
  const { net, tax, denominator } = partsOf(rates);
  assert(net > 0n, "a kWh has a price");
  const energyWh = floorRational(rational(amountMinor * denominator, net + tax));
  const spentMinor = ceilRational(rational(energyWh * (net + tax), denominator));
  assert(spentMinor <= amountMinor, "no more is spent than was given");
  const parts = splitByWeight({ amountMinor: spentMinor, currency }, [net, tax]);
  const energyMinor = parts[0]?.amountMinor ?? 0n;
  return {
    energyWh,
    energyMinor,
    taxMinor: spentMinor - energyMinor,
    includedTaxMinor: definition.pricesIncludeTax ? taxInside(spentMinor, rates.percent) : 0n,
    unspentMinor: amountMinor - spentMinor,
  };
}

/** spent · t / (100 + t), rounded half up to a minor unit. */
function taxInside(spentMinor: bigint, { numerator, denominator }: Rational): bigint {
  return roundHalfUp(rational(spentMinor * numerator, 100n * denominator + numerator));
}

/** The smallest amount, in minor units, that buys at least so many watt-hours. */
export function amountForEnergy(input: {
  readonly definition: TariffDefinition;
  readonly currency: CurrencyCode;
  readonly energyWh: bigint;
}): bigint {
  const { net, tax, denominator } = partsOf(ratesOf(input.definition, input.currency));
  return ceilRational(rational(input.energyWh * (net + tax), denominator));
}
