import { assert } from "@/lib/kernel";
import type { Decimal } from "./decimal";

/**
 * An exact fraction. The denominator is above zero; it is not reduced, for tariffs multiply a few
 * small numbers and round once, at the end.
 */
export type Rational = { readonly numerator: bigint; readonly denominator: bigint };

/** `numerator / denominator`; the denominator must be above zero. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  assert(denominator > 0n, "a denominator is above zero");
  return { numerator, denominator };
}

/** The same number as a fraction: 13.68 is 1368/100. */
export function rationalOfDecimal({ digits, scale }: Decimal): Rational {
  return rational(digits, 10n ** BigInt(scale));
}

/** The exact sum. */
export function addRationals(left: Rational, right: Rational): Rational {
  return rational(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  );
}

/** The exact product. */
export function multiplyRationals(left: Rational, right: Rational): Rational {
  return rational(left.numerator * right.numerator, left.denominator * right.denominator);
}

/** Below zero where left is the smaller, zero where both are equal, above zero otherwise. */
export function compareRationals(left: Rational, right: Rational): -1 | 0 | 1 {
  const difference = left.numerator * right.denominator - right.numerator * left.denominator;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** The largest integer not above the fraction. */
export function floorRational({ numerator, denominator }: Rational): bigint {
  const quotient = numerator / denominator;
  // BigInt division drops the fraction towards zero, which is upwards below zero.
  return quotient * denominator > numerator ? quotient - 1n : quotient;
}

/** The smallest integer not below the fraction. */
export function ceilRational({ numerator, denominator }: Rational): bigint {
  return -floorRational({ numerator: -numerator, denominator });
}

/** The nearest integer; a half goes up, also below zero (−1.5 is −1). */
export function roundHalfUp({ numerator, denominator }: Rational): bigint {
  return floorRational(rational(2n * numerator + denominator, 2n * denominator));
}
