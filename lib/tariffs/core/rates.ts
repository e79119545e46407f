import type { Decimal } from "@/lib/money";
import type { TariffDefinition } from "./tariff-definition";

/** What one watt-hour costs in a step, in minor units times the rates' denominator. */
export type StepRates = {
  readonly upToWh: bigint | null;
  readonly price: Decimal;
  readonly energy: bigint;
  readonly levies: readonly bigint[];
  readonly tax: bigint;
  /** Energy, levies and tax together. */
  readonly gross: bigint;
};

/** All rates of a tariff over one denominator, so that they can be added and split exactly. */
export type Rates = { readonly denominator: bigint; readonly steps: readonly StepRates[] };

const HUNDRED = 100n;
const WH_PER_KWH = 1_000n;

const powerOfTen = (exponent: number) => 10n ** BigInt(exponent);
const largest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), 0);
const at = ({ digits, scale }: Decimal, target: number) => digits * powerOfTen(target - scale);

/** Exact rates in minor units for one watt-hour; nothing is rounded here. */
export function ratesOf(definition: TariffDefinition, minorDigits: number): Rates {
  const { levies, tax } = definition;
  const moneyScale = largest([
    ...definition.steps.map(({ price }) => price.scale),
    ...levies.map((levy) => ("perKwh" in levy ? levy.perKwh.scale : 0)),
  ]);
  const percentScale = largest(levies.map((levy) => ("percent" in levy ? levy.percent.scale : 0)));
  const percentUnit = powerOfTen(percentScale) * HUNDRED;
  const taxUnit = powerOfTen(tax.percent.scale) * HUNDRED;
  const minor = powerOfTen(minorDigits);
  const steps = definition.steps.map(({ upToWh, price }): StepRates => {
    // Over moneyScale, percentUnit and the kWh; the tax's unit comes in with the tax.
    const base = at(price, moneyScale) * minor;
    const energy = base * percentUnit;
    const added = levies.map((levy) =>
      "perKwh" in levy
        ? at(levy.perKwh, moneyScale) * minor * percentUnit
        : base * at(levy.percent, percentScale),
    );
    const taxed = levies.reduce(
      (sum, levy, index) => (levy.taxable ? sum + (added[index] ?? 0n) : sum),
      definition.energyTaxable ? energy : 0n,
    );
    const taxOnTop = definition.pricesIncludeTax ? 0n : taxed * tax.percent.digits;
    const net = added.reduce((sum, levy) => sum + levy, energy);
    return {
      upToWh,
      price,
      energy: energy * taxUnit,
      levies: added.map((levy) => levy * taxUnit),
      tax: taxOnTop,
      gross: net * taxUnit + taxOnTop,
    };
  });
  return { denominator: powerOfTen(moneyScale) * WH_PER_KWH * percentUnit * taxUnit, steps };
}
