import { err, ok, type Result } from "@/lib/kernel";
import { type CurrencyCode, minorDigitsOf } from "./currency";

/** The most one amount may be, in minor units: far above any sale, far below a database bigint. */
export const MAXIMUM_AMOUNT_MINOR = 10n ** 15n;

export type AmountFault = "not-a-number" | "not-positive" | "too-many-decimals" | "too-large";

const MINUS = /^[-\u2212]/;
const PLAIN = /^\d+(?:\.\d+)?$/;
const COMMA_GROUPS = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const SPACE_GROUPS = /^\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:\.\d+)?$/;

/**
 * An amount as a person types it, in major units, to minor units above zero. The point is the
 * decimal sign; thousands may be set apart by commas or spaces where that reads in one way only.
 * Exponents, plus signs, words and digits of other scripts are not numbers here.
 */
export function parseAmount(text: string, currency: CurrencyCode): Result<bigint, AmountFault> {
  const typed = text.trim();
  const isNegative = MINUS.test(typed);
  const digits = ungrouped(isNegative ? typed.slice(1) : typed, minorDigitsOf(currency));
  if (digits === null) return err("not-a-number");
  if (isNegative) return err("not-positive");
  return minorUnits(digits, minorDigitsOf(currency));
}

/** The number without its thousands separators; null where it is none or could be read two ways. */
function ungrouped(typed: string, minorDigits: number): string | null {
  if (PLAIN.test(typed)) return typed;
  if (SPACE_GROUPS.test(typed)) return typed.replace(/[^\d.]/g, "");
  if (!COMMA_GROUPS.test(typed)) return null;
  // With three minor digits "1,000" may be one dinar written with a decimal comma.
  const mayBeDecimalComma = minorDigits === 3 && /^\d{1,3},\d{3}$/.test(typed);
  return mayBeDecimalComma ? null : typed.replaceAll(",", "");
}

function minorUnits(digits: string, minorDigits: number): Result<bigint, AmountFault> {
  const [major = "", minor = ""] = digits.split(".");
  if (minor.length > minorDigits) return err("too-many-decimals");
  const significant = (major + minor.padEnd(minorDigits, "0")).replace(/^0+/, "");
  // Counted before it is converted: a very long text must not buy a very long computation.
  if (significant.length > MAXIMUM_AMOUNT_MINOR.toString().length) return err("too-large");
  const amountMinor = BigInt(significant || "0");
  if (amountMinor > MAXIMUM_AMOUNT_MINOR) return err("too-large");
  return amountMinor > 0n ? ok(amountMinor) : err("not-positive");
}
