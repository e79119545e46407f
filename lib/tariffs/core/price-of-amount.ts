import { assert, err, ok, type Result } from "@/lib/kernel";
import {
  addRationals,
  type CurrencyCode,
  type Decimal,
  floorRational,
  minorDigitsOf,
  multiplyRationals,
  type Rational,
  rational,
  rationalOfDecimal,
  roundHalfUp,
} from "@/lib/money";
import type { Price, PricedBlock, PriceLine, PurchaseBasis } from "./price";
import { type Rates, ratesOf } from "./rates";
import { splitExactly } from "./split-exactly";
import type { FixedCharge, TariffDefinition } from "./tariff-definition";
import { buyFrom, costFrom, type Stretch } from "./walk-steps";

/** A version at work on a purchase's basis. */
type Work = {
  readonly definition: TariffDefinition;
  readonly currency: CurrencyCode;
  readonly basis: PurchaseBasis;
};

const HUNDREDTH = rational(1n, 100n);

/**
 * Prices an amount as TARIFFS.md fixes it: fee, arrears and fixed charges come off first, the rest
 * walks the steps from the month's position on and buys the largest whole number of watt-hours
 * whose exact cost is not above it. Rounded once, at the end. Refused where nothing is left for
 * energy.
 */
export function priceOfAmount(
  input: Work & { readonly amountMinor: bigint },
): Result<Price, { readonly code: "amount-too-small" }> {
  const { definition, currency, basis, amountMinor } = input;
  assert(amountMinor > 0n, "an amount to price is above zero");
  const lines = new Map<string, bigint>();
  const leftMinor = takeCharges(input, amountMinor, lines);
  if (leftMinor <= 0n) return err({ code: "amount-too-small" });
  const rates = ratesOf(definition, minorDigitsOf(currency));
  const bought = buyFrom(rates, basis.monthToDateWh, leftMinor);
  const spentMinor = addEnergyLines(lines, { definition, rates, bought });
  return ok({
    energyWh: bought.reduce((sum, { energyWh }) => sum + energyWh, 0n),
    spentMinor,
    unspentMinor: leftMinor - spentMinor,
    includedTaxMinor: definition.pricesIncludeTax ? taxInside(spentMinor, definition) : 0n,
    lines: linesOf(lines),
    blocks: blocksOf(bought, rates, spentMinor),
  });
}

/** Fee, arrears and fixed charges, in this order; gives what is left for energy. */
function takeCharges(work: Work, amountMinor: bigint, lines: Map<string, bigint>): bigint {
  const { definition, basis } = work;
  let left = amountMinor;
  const take = (code: string, amount: bigint) => {
    add(lines, code, amount);
    left -= amount;
  };
  if (definition.fee.bearer === "resident") take("fee", feeOf(work, amountMinor));
  if (left <= 0n) return left;
  take("arrears", least(basis.arrearsMinor, shareOf(left, definition.arrears.maxPercent)));
  for (const charge of definition.fixed) {
    const dueMinor = basis.fixedDueMinor.get(charge.code) ?? 0n;
    if (dueMinor === 0n) continue;
    const { net, tax } = takenOf(charge, { dueMinor, left, definition });
    take(`fixed:${charge.code}`, net);
    take("tax", tax);
  }
  return left;
}

/** What a purchase pays of a fixed charge: as much as its share allows, with its own tax. */
function takenOf(
  charge: FixedCharge,
  due: {
    readonly dueMinor: bigint;
    readonly left: bigint;
    readonly definition: TariffDefinition;
  },
): { readonly net: bigint; readonly tax: bigint } {
  const { dueMinor, left, definition } = due;
  const most = shareOf(left, charge.maxPercentOfPurchase);
  if (!charge.taxable || definition.pricesIncludeTax)
    return { net: least(dueMinor, most), tax: 0n };
  const { numerator, denominator } = addRationals(rational(1n), percentOf(definition.tax.percent));
  const gross = roundHalfUp(rational(dueMinor * numerator, denominator));
  const taken = least(gross, most);
  const net = roundHalfUp(rational(taken * denominator, numerator));
  return { net, tax: taken - net };
}

/** Adds energy, levies and tax by largest remainder; gives what they cost together. */
function addEnergyLines(
  lines: Map<string, bigint>,
  energy: {
    readonly definition: TariffDefinition;
    readonly rates: Rates;
    readonly bought: readonly Stretch[];
  },
): bigint {
  const { definition, rates, bought } = energy;
  const sumOf = (rate: (stretch: Stretch) => bigint) =>
    bought.reduce((sum, stretch) => sum + stretch.energyWh * rate(stretch), 0n);
  const codes = ["energy", ...definition.levies.map(({ code }) => `levy:${code}`), "tax"];
  const parts = [
    sumOf(({ step }) => step.energy),
    ...definition.levies.map((_, place) => sumOf(({ step }) => step.levies[place] ?? 0n)),
    sumOf(({ step }) => step.tax),
  ];
  const spentMinor = ceilOf(
    parts.reduce((sum, part) => sum + part, 0n),
    rates.scale,
  );
  const amounts = splitExactly(spentMinor, parts, rates.scale);
  for (const [place, code] of codes.entries()) add(lines, code, amounts[place] ?? 0n);
  return spentMinor;
}

function blocksOf(
  bought: readonly Stretch[],
  { scale }: Rates,
  spentMinor: bigint,
): readonly PricedBlock[] {
  const exact = bought.map(({ step, energyWh }) => energyWh * step.gross);
  const costs = splitExactly(spentMinor, exact, scale);
  return bought.map(({ step, fromWh, energyWh }, place) => ({
    fromWh,
    upToWh: step.upToWh,
    pricePerKwh: step.price,
    energyWh,
    costMinor: costs[place] ?? 0n,
  }));
}

/**
 * The smallest amount, in minor units, that buys at least so many watt-hours, with the fee, the
 * arrears and the fixed charges that come off first.
 */
export function amountForEnergy(input: Work & { readonly energyWh: bigint }): bigint {
  const { definition, currency, basis, energyWh } = input;
  const rates = ratesOf(definition, minorDigitsOf(currency));
  const cost = costFrom(rates, basis.monthToDateWh, energyWh);
  const neededMinor = ceilOf(cost, rates.scale) || 1n;
  // What is left grows with the amount, so the smallest that leaves enough is found by halving.
  const isEnough = (amount: bigint) => takeCharges(input, amount, new Map()) >= neededMinor;
  let most = neededMinor;
  while (!isEnough(most)) most *= 2n;
  let least = most / 2n;
  while (most - least > 1n) {
    const middle = (least + most) / 2n;
    if (isEnough(middle)) most = middle;
    else least = middle;
  }
  return most;
}

/** The fee that the landlord bears for an amount: no line of the price. */
export function ownerFee(input: Omit<Work, "basis"> & { readonly amountMinor: bigint }): bigint {
  if (input.definition.fee.bearer !== "owner") return 0n;
  return least(feeOf(input, input.amountMinor), input.amountMinor);
}

function feeOf({ definition, currency }: Omit<Work, "basis">, amountMinor: bigint): bigint {
  const { percent, fixed } = definition.fee;
  const minor = rational(10n ** BigInt(minorDigitsOf(currency)));
  const share = multiplyRationals(rational(amountMinor), percentOf(percent));
  return roundHalfUp(addRationals(share, multiplyRationals(rationalOfDecimal(fixed), minor)));
}

const percentOf = (percent: Decimal): Rational =>
  multiplyRationals(rationalOfDecimal(percent), HUNDREDTH);

const shareOf = (amountMinor: bigint, percent: Decimal): bigint =>
  floorRational(multiplyRationals(rational(amountMinor), percentOf(percent)));

/** spent · t / (100 + t), rounded half up to a minor unit. */
function taxInside(spentMinor: bigint, { tax }: TariffDefinition): bigint {
  const { numerator, denominator } = rationalOfDecimal(tax.percent);
  return roundHalfUp(rational(spentMinor * numerator, 100n * denominator + numerator));
}

const ceilOf = (part: bigint, scale: bigint): bigint => (part + scale - 1n) / scale;
const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/** A line that is there already grows where it stands: tax of a fixed charge and of energy. */
function add(lines: Map<string, bigint>, code: string, amount: bigint): void {
  if (amount !== 0n) lines.set(code, (lines.get(code) ?? 0n) + amount);
}

const linesOf = (lines: ReadonlyMap<string, bigint>): readonly PriceLine[] =>
  [...lines].map(([code, amountMinor]) => ({ code, amountMinor }));
