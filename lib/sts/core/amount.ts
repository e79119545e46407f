import { assert } from "@/lib/kernel";

/*
 * IEC 62055-41 ed. 3, Amount of a TransferCredit token of SubClass 0 to 3: a 2-bit exponent e and a
 * 14-bit mantissa m. A unit is 0.1 kWh (electricity), 0.1 m³ (water, gas) or 0.1 min (time).
 *
 *   units = base(e) + m · 10^e        base(e) = 2^14 · (10^e − 1) / 9
 */
const MANTISSA_BITS = 14;
const MANTISSAS = 2 ** MANTISSA_BITS;
const LARGEST_FIELD = 0xffff;

/** All of it fits 25 bits, so the arithmetic is exact in plain numbers. */
type Range = { readonly base: number; readonly step: number };

/** In the order of the exponent. */
const RANGES: readonly Range[] = [
  { base: 0, step: 1 },
  { base: 16_384, step: 10 },
  { base: 180_224, step: 100 },
  { base: 1_818_624, step: 1000 },
];

/** The most one token can carry: 1,820,162.4 kWh. */
export const MAXIMUM_AMOUNT_UNITS = 18_201_624n;

/** The most a token carries in steps of one unit, so that every amount is exact: 1,638.3 kWh. */
export const MAXIMUM_EXACT_AMOUNT_UNITS = BigInt(MANTISSAS) - 1n;

/**
 * The 16-bit field for a number of whole units. What the field cannot carry exactly is rounded
 * **up**, in favour of the customer; a value in the gap between two ranges becomes the first of the
 * next one. More than `MAXIMUM_AMOUNT_UNITS` is the caller's bug.
 */
export function encodeAmount(units: bigint): number {
  assert(units >= 0n && units <= MAXIMUM_AMOUNT_UNITS, "an amount is 0 to 18,201,624 units");
  const whole = Number(units);
  let exponent = 0;
  let range = rangeOf(0);
  while (whole > range.base + (MANTISSAS - 1) * range.step) {
    exponent += 1;
    range = rangeOf(exponent);
  }
  const mantissa = Math.max(0, Math.ceil((whole - range.base) / range.step));
  return (exponent << MANTISSA_BITS) | mantissa;
}

/** The units a 16-bit field stands for. */
export function decodeAmount(amountField: number): bigint {
  const isField = Number.isInteger(amountField) && amountField >= 0 && amountField <= LARGEST_FIELD;
  assert(isField, "an amount field is 16 bits");
  const { base, step } = rangeOf(amountField >> MANTISSA_BITS);
  return BigInt(base + (amountField & (MANTISSAS - 1)) * step);
}

function rangeOf(exponent: number): Range {
  const range = RANGES[exponent];
  assert(range !== undefined, "two bits choose one of four ranges");
  return range;
}

/** True where a token carries these units without rounding them up. */
export function isExactAmount(units: bigint): boolean {
  return decodeAmount(encodeAmount(units)) === units;
}
