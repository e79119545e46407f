import { assert, err, ok, type Result } from "@/lib/kernel";

/*
 * IEC 62055-41 ed. 3, currency credit (class 0, SubClass 4 to 7): sign, a 5-bit exponent e and a
 * 14-bit mantissa m, in units of 0.00001 of the base currency.
 *
 *   magnitude = base(e) + m · 10^e        base(e) = 2^14 · (10^e − 1) / 9
 */
const MANTISSAS = 1n << 14n;
const LAST_EXPONENT = 31;
const SIGN = 1 << 19;

const base = (exponent: number) => (MANTISSAS * (10n ** BigInt(exponent) - 1n)) / 9n;
const step = (exponent: number) => 10n ** BigInt(exponent);
const last = (exponent: number) => base(exponent) + (MANTISSAS - 1n) * step(exponent);

/** The largest magnitude of a currency token, in 0.00001 of the currency. */
export const MAXIMUM_CURRENCY_UNITS = last(LAST_EXPONENT);

/**
 * The 20-bit field for an amount. What it cannot carry exactly it carries next above: positive
 * amounts round up, negative ones towards zero. Refuses magnitudes beyond the last range.
 */
export function encodeCurrencyAmount(units: bigint): Result<number, "RangeError"> {
  const isNegative = units < 0n;
  const magnitude = isNegative ? -units : units;
  if (magnitude > MAXIMUM_CURRENCY_UNITS) return err("RangeError");
  const field = isNegative ? fieldBelow(magnitude) : fieldAbove(magnitude);
  // Zero has no sign.
  return ok(isNegative && field > 0 ? field | SIGN : field);
}

/** The amount a 20-bit field stands for. */
export function decodeCurrencyAmount(field: number): bigint {
  assert(Number.isInteger(field) && field >= 0 && field < 2 ** 20, "a currency field is 20 bits");
  const exponent = (field >> 14) & 31;
  const magnitude = base(exponent) + BigInt(field & 0x3fff) * step(exponent);
  return field & SIGN ? -magnitude : magnitude;
}

function fieldAbove(magnitude: bigint): number {
  let exponent = 0;
  while (magnitude > last(exponent)) exponent++;
  const above = magnitude > base(exponent) ? magnitude - base(exponent) : 0n;
  return (exponent << 14) | Number((above + step(exponent) - 1n) / step(exponent));
}

/** In a gap between two ranges, the end of the lower one. */
function fieldBelow(magnitude: bigint): number {
  let exponent = LAST_EXPONENT;
  while (magnitude < base(exponent)) exponent--;
  const mantissa = (magnitude - base(exponent)) / step(exponent);
  return (exponent << 14) | Number(mantissa < MANTISSAS ? mantissa : MANTISSAS - 1n);
}
