import { type CurrencyCode, minorDigitsOf } from "@/lib/money";
import { chargesBeforeEnergy, type PurchaseBasis } from "./charges-before-energy";
import { ratesOf } from "./rates";
import type { TariffDefinition } from "./tariff-definition";
import { costOf, walkEnergy } from "./walk-steps";

/**
 * The smallest amount, in minor units, that buys at least so many watt-hours, with the fee, arrears
 * and fixed charges on top. More money never leaves less for energy, so it is found by halving.
 */
export function amountForEnergy(input: {
  readonly definition: TariffDefinition;
  readonly currency: CurrencyCode;
  readonly energyWh: bigint;
  readonly basis: PurchaseBasis;
}): bigint {
  const { definition, currency, energyWh, basis } = input;
  const minorDigits = minorDigitsOf(currency);
  const rates = ratesOf(definition, minorDigits);
  const cost = costOf(walkEnergy(rates, basis.monthToDateWh, energyWh));
  const exact = (cost + rates.denominator - 1n) / rates.denominator;
  // Even free watt-hours are bought with something.
  const neededMinor = exact > 0n ? exact : 1n;
  const isEnough = (amountMinor: bigint) =>
    chargesBeforeEnergy({ definition, minorDigits, amountMinor, basis }).leftMinor >= neededMinor;
  let enough = neededMinor;
  while (!isEnough(enough)) enough *= 2n;
  // What is needed for energy alone is the least it can be, whatever is taken before it.
  let tooLittle = neededMinor - 1n;
  while (enough - tooLittle > 1n) {
    const middle = (enough + tooLittle) / 2n;
    if (isEnough(middle)) enough = middle;
    else tooLittle = middle;
  }
  return enough;
}
