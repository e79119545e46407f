import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addRationals,
  ceilRational,
  compareRationals,
  floorRational,
  multiplyRationals,
  type Rational,
  rational,
  rationalOfDecimal,
  roundHalfUp,
} from "./rational";

const rationals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
  .map(([numerator, denominator]) => rational(numerator, denominator));
const whole = (value: bigint) => rational(value);
const isAtMost = (left: Rational, right: Rational) => compareRationals(left, right) <= 0;

describe("rounding a fraction", () => {
  it.each([
    [3n, 2n, 1n, 2n, 2n],
    [-3n, 2n, -2n, -1n, -1n],
    [1n, 3n, 0n, 1n, 0n],
    [2n, 3n, 0n, 1n, 1n],
    [-1n, 3n, -1n, 0n, 0n],
    [-2n, 3n, -1n, 0n, -1n],
    [6n, 3n, 2n, 2n, 2n],
    [0n, 7n, 0n, 0n, 0n],
  ])(
    "%d/%d has floor %d, ceiling %d and is nearest to %d",
    (numerator, denominator, ...expected) => {
      const value = rational(numerator, denominator);
      expect([floorRational(value), ceilRational(value), roundHalfUp(value)]).toEqual(expected);
    },
  );

  it("stays within its bounds for every fraction", () => {
    fc.assert(
      fc.property(rationals, (value) => {
        const floor = floorRational(value);
        expect(isAtMost(whole(floor), value)).toBe(true);
        expect(compareRationals(value, whole(floor + 1n))).toBe(-1);
        const ceiling = ceilRational(value);
        expect(isAtMost(value, whole(ceiling))).toBe(true);
        expect(compareRationals(whole(ceiling - 1n), value)).toBe(-1);
        const half = addRationals(value, rational(1n, 2n));
        expect(roundHalfUp(value)).toBe(floorRational(half));
      }),
    );
  });
});

describe("arithmetic of fractions", () => {
  it("is exact", () => {
    const price = rationalOfDecimal({ digits: 1368n, scale: 2 });
    const tax = rational(116n, 100n);
    expect(compareRationals(multiplyRationals(price, tax), rational(158_688n, 10_000n))).toBe(0);
    expect(
      compareRationals(addRationals(rational(1n, 10n), rational(2n, 10n)), rational(3n, 10n)),
    ).toBe(0);
  });

  it("distributes multiplication over addition", () => {
    fc.assert(
      fc.property(rationals, rationals, rationals, (a, b, c) => {
        const left = multiplyRationals(a, addRationals(b, c));
        const right = addRationals(multiplyRationals(a, b), multiplyRationals(a, c));
        expect(compareRationals(left, right)).toBe(0);
      }),
    );
  });

  it("has no denominator of zero or below", () => {
    expect(() => rational(1n, 0n)).toThrow("above zero");
    expect(() => rational(1n, -2n)).toThrow("above zero");
  });
});
