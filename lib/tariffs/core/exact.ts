import {
  type Decimal,
  floorRational,
  multiplyRationals,
  type Rational,
  rational,
  rationalOfDecimal,
  roundHalfUp,
} from "@/lib/money";

/** The smaller of the two: `Math.min` knows no bigint. */
export const least = (one: bigint, other: bigint): bigint => (one > other ? other : one);

/** A percent as a fraction of one: 16 is 16/100. */
export function fractionOf(percent: Decimal): Rational {
  return multiplyRationals(rationalOfDecimal(percent), rational(1n, 100n));
}

/** So many percent of an amount, down to a whole minor unit. */
export function floorPercent(amountMinor: bigint, percent: Decimal): bigint {
  return floorRational(multiplyRationals(rational(amountMinor), fractionOf(percent)));
}

/** Major units as exact minor units. */
export function minorOf(major: Decimal, minorDigits: number): Rational {
  return multiplyRationals(rationalOfDecimal(major), rational(10n ** BigInt(minorDigits)));
}

/** `amount · (100 + percent) / 100`, a half up. */
export function withPercent(amountMinor: bigint, percent: Decimal): bigint {
  const { numerator, denominator } = fractionOf(percent);
  return roundHalfUp(rational(amountMinor * (denominator + numerator), denominator));
}

/** `amount / (1 + percent/100)`, a half up. */
export function withoutPercent(amountMinor: bigint, percent: Decimal): bigint {
  const { numerator, denominator } = fractionOf(percent);
  return roundHalfUp(rational(amountMinor * denominator, denominator + numerator));
}

/** `amount · percent / (100 + percent)`, a half up: the tax inside an amount. */
export function taxInside(amountMinor: bigint, percent: Decimal): bigint {
  const { numerator, denominator } = fractionOf(percent);
  return roundHalfUp(rational(amountMinor * numerator, denominator + numerator));
}

/**
 * Exact parts, each `numerator / denominator`, as whole minor units that add up to the exact sum
 * rounded up: every part is rounded down, and what is missing goes to the largest remainders, the
 * earlier part first where two are equal.
 */
export function largestRemainder(numerators: readonly bigint[], denominator: bigint): bigint[] {
  const whole = numerators.map((numerator) => numerator / denominator);
  const exact = numerators.reduce((sum, numerator) => sum + numerator, 0n);
  const total = (exact + denominator - 1n) / denominator;
  let missing = total - whole.reduce((sum, part) => sum + part, 0n);
  const order = numerators.map((numerator, index) => ({ index, rest: numerator % denominator }));
  // The sort is stable, so equal remainders keep the order of the parts.
  order.sort((a, b) => Number(b.rest > a.rest) - Number(b.rest < a.rest));
  for (const { index } of order) {
    if (missing === 0n) break;
    whole[index] = (whole[index] ?? 0n) + 1n;
    missing -= 1n;
  }
  return whole;
}
