import { type Brand, err, ok, type Result } from "@/lib/kernel";

/** What a person types into a meter: 20 decimal digits, a number below 2^66. */
export type MeterToken = Brand<string, "MeterToken">;

/** IEC 62055-41 ed. 3: a token is 66 bits, 64 of the block and two of the class. */
export const TOKEN_WIDTH_BITS = 66;

const LARGEST_TOKEN = (2n ** BigInt(TOKEN_WIDTH_BITS) - 1n).toString();
const SEPARATORS = /[\s\u2010-\u2015-]/g;
const LONGEST_INPUT = 64;

/**
 * A token as typed or pasted, blanks and dashes forgiven. It says nothing about the CRC: only the
 * holder of the decoder key can tell whether 20 such digits are a token of a meter.
 */
export function parseMeterToken(
  text: string,
): Result<MeterToken, "not-twenty-digits" | "beyond-66-bits"> {
  const digits = text.length > LONGEST_INPUT ? "" : text.replace(SEPARATORS, "");
  if (!/^\d{20}$/.test(digits)) return err("not-twenty-digits");
  // Both have 20 digits, so the order of the texts is the order of the numbers.
  return digits <= LARGEST_TOKEN ? ok(digits as MeterToken) : err("beyond-66-bits");
}

/** In five groups of four: "1234 5678 9012 3456 7890". */
export function formatMeterToken(token: MeterToken): string {
  return token.replace(/\d{4}(?=\d)/g, "$& ");
}
