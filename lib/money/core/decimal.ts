import { assert, err, ok, type Result } from "@/lib/kernel";

/** An exact decimal number, `digits / 10^scale`: 13.68 is `{digits: 1368n, scale: 2}`. */
export type Decimal = { readonly digits: bigint; readonly scale: number };

const UNSIGNED = /^\d+(?:\.\d+)?$/;
const SIGNED = /^-?\d+(?:\.\d+)?$/;

/**
 * A decimal string of any length, exactly: digits, at most one point with digits on both sides, and
 * a minus only where `allowNegative` says so. No exponent, no grouping, no blanks: this reads rates
 * and stored values; what a person types as money goes through `parseAmount`.
 */
export function parseDecimal(
  text: string,
  options: { readonly allowNegative?: boolean } = {},
): Result<Decimal, "not-a-decimal"> {
  const shape = options.allowNegative ? SIGNED : UNSIGNED;
  if (!shape.test(text)) return err("not-a-decimal");
  const point = text.indexOf(".");
  const scale = point < 0 ? 0 : text.length - point - 1;
  return ok({ digits: BigInt(text.replace(".", "")), scale });
}

/** The decimal in plain digits, with exactly `scale` of them behind the point: "-0.05". */
export function formatDecimal({ digits, scale }: Decimal): string {
  assert(Number.isInteger(scale) && scale >= 0, "a scale counts digits");
  const sign = digits < 0n ? "-" : "";
  const padded = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  const point = padded.length - scale;
  return scale === 0 ? sign + padded : `${sign}${padded.slice(0, point)}.${padded.slice(point)}`;
}
