import { assert } from "@/lib/kernel";

/*
 * IEC 62055-41 ed. 3, Amount of a TransferCredit token of SubClass 0 to 3: a 2-bit exponent e and a
 * 14-bit mantissa m. A unit is 0.1 kWh (electricity), 0.1 m³ (water, gas) or 0.1 min (time).
 *
 *   units = base(e) + m · 10^e        base(e) = 2^14 · (10^e − 1) / 9
 */
const MANTISSA_BITS = 14n;
const MANTISSAS = 1n << MANTISSA_BITS;
const LARGEST_FIELD = 0xffff;

type Range = { readonly exponent: bigint; readonly base: bigint; readonly step: bigint };

const RANGES: readonly Range[] = [
  { exponent: 0n, base: 0n, step: 1n },
  { exponent: 1n, base: 16_384n, step: 10n },
  { exponent: 2n, base: 180_224n, step: 100n },
  { exponent: 3n, base: 1_818_624n, step: 1000n },
];

/** The most one token can carry: 1,820,162.4 kWh. */
export const MAXIMUM_AMOUNT_UNITS = 18_201_624n;

/** The most a token carries in steps of one unit, so that every amount is exact: 1,638.3 kWh. */
export const MAXIMUM_EXACT_AMOUNT_UNITS = MANTISSAS - 1n;

/**
 * The 16-bit field for a number of whole units. What the field cannot carry exactly is rounded
 * **up**, in favour of the customer; a value in the gap between two ranges becomes the first of the
 * next one. More than `MAXIMUM_AMOUNT_UNITS` is the caller's bug.
 */
export function encodeAmount(units: bigint): number {
  assert(units >= 0n && units <= MAXIMUM_AMOUNT_UNITS, "an amount is 0 to 18,201,624 units");
  const range = RANGES.find(({ base, step }) => units <= base + (MANTISSAS - 1n) * step);
  assert(range !== undefined, "the last range ends at the largest amount");
  const aboveBase = units > range.base ? units - range.base : 0n;
  const mantissa = (aboveBase + range.step - 1n) / range.step;
  return Number((range.exponent << MANTISSA_BITS) | mantissa);
}

/** The units a 16-bit field stands for. */
export function decodeAmount(amountField: number): bigint {
  const isField = Number.isInteger(amountField) && amountField >= 0 && amountField <= LARGEST_FIELD;
  assert(isField, "an amount field is 16 bits");
  const range = RANGES[amountField >> Number(MANTISSA_BITS)];
  assert(range !== undefined, "two bits choose one of four ranges");
  return range.base + (BigInt(amountField) & (MANTISSAS - 1n)) * range.step;
}

/** True where a token carries these units without rounding them up. */
export function isExactAmount(units: bigint): boolean {
  return decodeAmount(encodeAmount(units)) === units;
}
