import { assert, err, ok, type Result } from "@/lib/kernel";
import { type CurrencyCode, type Decimal, minorDigitsOf } from "@/lib/money";
import { chargesBeforeEnergy, type PriceLine, type PurchaseBasis } from "./charges-before-energy";
import { largestRemainder, taxInside } from "./exact";
import { ratesOf } from "./rates";
import type { TariffDefinition } from "./tariff-definition";
import { costOf, type Walked, walkMoney } from "./walk-steps";

/** What of a purchase fell in one step of the tariff; the costs add up to what was spent. */
export type PricedBlock = {
  readonly fromWh: bigint;
  readonly upToWh: bigint | null;
  readonly pricePerKwh: Decimal;
  readonly energyWh: bigint;
  readonly costMinor: bigint;
};

/** What an amount of money buys. The lines and what is unspent add up to the amount. */
export type Price = {
  readonly energyWh: bigint;
  /** For energy, with its levies and tax. */
  readonly spentMinor: bigint;
  readonly unspentMinor: bigint;
  /** Tax inside `spentMinor` where prices include it: an "of which", not a line. */
  readonly includedTaxMinor: bigint;
  /** In the order in which they are taken; a line of nothing is left out. */
  readonly lines: readonly PriceLine[];
  readonly blocks: readonly PricedBlock[];
};

export type TooSmall = { readonly code: "amount-too-small" };

/** Prices an amount by a tariff version, exactly. Refused where nothing is left for energy. */
export function priceOfAmount(input: {
  readonly definition: TariffDefinition;
  readonly currency: CurrencyCode;
  readonly amountMinor: bigint;
  readonly basis: PurchaseBasis;
}): Result<Price, TooSmall> {
  return priceInMinorUnits({ ...input, minorDigits: minorDigitsOf(input.currency) });
}

/** The same for any currency, known or not, by the digits behind its point. */
export function priceInMinorUnits(input: {
  readonly definition: TariffDefinition;
  readonly minorDigits: number;
  readonly amountMinor: bigint;
  readonly basis: PurchaseBasis;
}): Result<Price, TooSmall> {
  const { definition, minorDigits, amountMinor, basis } = input;
  assert(amountMinor > 0n, "an amount to price is above zero");
  const before = chargesBeforeEnergy(input);
  const { leftMinor } = before;
  if (leftMinor <= 0n) return err({ code: "amount-too-small" });
  const rates = ratesOf(definition, minorDigits);
  const walked = walkMoney(rates, basis.monthToDateWh, leftMinor);
  const cost = costOf(walked);
  const spentMinor = (cost + rates.denominator - 1n) / rates.denominator;
  assert(spentMinor <= leftMinor, "no more is spent than was left");
  return ok({
    energyWh: walked.reduce((sum, { energyWh }) => sum + energyWh, 0n),
    spentMinor,
    unspentMinor: leftMinor - spentMinor,
    includedTaxMinor: definition.pricesIncludeTax
      ? taxInside(spentMinor, definition.tax.percent)
      : 0n,
    lines: joined([...before.lines, ...energyLines(definition, walked, rates.denominator)]),
    blocks: blocksOf(walked, rates.denominator),
  });
}

function energyLines(
  { levies }: TariffDefinition,
  walked: readonly Walked[],
  denominator: bigint,
): PriceLine[] {
  const exactSum = (rate: (of: Walked) => bigint) =>
    walked.reduce((sum, each) => sum + rate(each) * each.energyWh, 0n);
  const codes = ["energy", ...levies.map(({ code }) => `levy:${code}`), "tax"];
  const exact = [
    exactSum(({ step }) => step.energy),
    ...levies.map((_, index) => exactSum(({ step }) => step.levies[index] ?? 0n)),
    exactSum(({ step }) => step.tax),
  ];
  const rounded = largestRemainder(exact, denominator);
  return codes.map((code, index) => ({ code, amountMinor: rounded[index] ?? 0n }));
}

/** One line for each code, where it first stands; tax of several parts is one line. */
function joined(lines: readonly PriceLine[]): readonly PriceLine[] {
  const sums = new Map<string, bigint>();
  for (const { code, amountMinor } of lines) {
    if (amountMinor !== 0n) sums.set(code, (sums.get(code) ?? 0n) + amountMinor);
  }
  return [...sums].map(([code, amountMinor]) => ({ code, amountMinor }));
}

function blocksOf(walked: readonly Walked[], denominator: bigint): readonly PricedBlock[] {
  const costs = largestRemainder(
    walked.map(({ step, energyWh }) => step.gross * energyWh),
    denominator,
  );
  return walked.flatMap(({ step, fromWh, energyWh }, index) => {
    const { upToWh, price: pricePerKwh } = step;
    const costMinor = costs[index] ?? 0n;
    return energyWh === 0n ? [] : [{ fromWh, upToWh, pricePerKwh, energyWh, costMinor }];
  });
}

/** One line of a price by its code; nothing where there is no such line. */
export function amountOfLine({ lines }: Pick<Price, "lines">, code: string): bigint {
  return lines.find((line) => line.code === code)?.amountMinor ?? 0n;
}
