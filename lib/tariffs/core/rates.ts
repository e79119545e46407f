import type { Decimal } from "@/lib/money";
import type { TariffDefinition } from "./tariff-definition";

/**
 * What a watt-hour costs in one step, part by part, as whole numbers over one denominator: every
 * rate is a decimal, so that nothing is ever rounded before the end. Minor units are `n / scale`.
 */
export type StepRate = {
  /** Null: without an end. */
  readonly upToWh: bigint | null;
  readonly price: Decimal;
  readonly energy: bigint;
  readonly levies: readonly bigint[];
  readonly tax: bigint;
  readonly gross: bigint;
};

export type Rates = { readonly steps: readonly StepRate[]; readonly scale: bigint };

const power = (exponent: number) => 10n ** BigInt(exponent);
const WH_A_KWH = 1_000n;

/** The rates of a version in a currency with so many decimals. */
export function ratesOf(definition: TariffDefinition, minorDigits: number): Rates {
  const { steps, levies, tax, pricesIncludeTax, energyTaxable } = definition;
  const prices = steps.map(({ price }) => price.scale);
  const perKwh = levies.map((levy) => ("perKwh" in levy ? levy.perKwh.scale : 0));
  const percents = levies.map((levy) => ("percent" in levy ? levy.percent.scale + 2 : 0));
  // Whatever is multiplied stays whole: a price, a percentage of it, and a percentage of that.
  const digits = Math.max(...prices, ...perKwh) + Math.max(0, ...percents) + tax.percent.scale + 2;
  const whole = ({ digits: value, scale }: Decimal) =>
    value * power(digits - scale) * power(minorDigits);
  const percentOf = (amount: bigint, { digits: value, scale }: Decimal) =>
    (amount * value) / power(scale + 2);
  const rated = steps.map(({ upToKwh, price }): StepRate => {
    const energy = whole(price);
    const levied = levies.map((levy) =>
      "perKwh" in levy ? whole(levy.perKwh) : percentOf(energy, levy.percent),
    );
    const taxed = levies.reduce(
      (sum, { taxable }, place) => sum + (taxable ? (levied[place] ?? 0n) : 0n),
      energyTaxable ? energy : 0n,
    );
    const onTop = pricesIncludeTax ? 0n : percentOf(taxed, tax.percent);
    const gross = levied.reduce((sum, levy) => sum + levy, energy + onTop);
    return {
      upToWh: upToKwh && wholeWh(upToKwh),
      price,
      energy,
      levies: levied,
      tax: onTop,
      gross,
    };
  });
  return { steps: rated, scale: power(digits) * WH_A_KWH };
}

/** An end of a step in watt-hours; a version names whole ones. */
export function wholeWh({ digits, scale }: Decimal): bigint {
  return (digits * WH_A_KWH) / power(scale);
}
