import { type CurrencyCode, minorDigitsOf } from "./currency";
import { formatDecimal } from "./decimal";
import { formatExactParts } from "./format-exact-number";
import type { Money } from "./money";

/** What people write for their money, where the locale tables write it otherwise or not at all. */
const SYMBOLS: Partial<Record<CurrencyCode, string>> = {
  KES: "KSh",
  UGX: "USh",
  TZS: "TSh",
  ZAR: "R",
  NGN: "₦",
  GHS: "GH₵",
};

/**
 * For human eyes, in the locale's own way with the short symbol: "KSh 500.00" for en-KE. `isShort`
 * leaves out the zeros of a whole amount, where no column of amounts has to line up: "KSh 500".
 */
export function formatMoney(
  { amountMinor, currency }: Money,
  locale: string,
  { isShort = false }: { readonly isShort?: boolean } = {},
): string {
  const minorDigits = minorDigitsOf(currency);
  const parts = formatExactParts({ digits: amountMinor, scale: minorDigits }, locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: minorDigits,
    maximumFractionDigits: minorDigits,
    trailingZeroDisplay: isShort ? "stripIfInteger" : "auto",
  });
  const symbol = SYMBOLS[currency];
  return parts.map(({ type, value }) => (type === "currency" && symbol ? symbol : value)).join("");
}

/** The bare number in major units, for exports, forms and machines: "500.00", "-0.05". */
export function formatMoneyPlain(amountMinor: bigint, currency: CurrencyCode): string {
  return formatDecimal({ digits: amountMinor, scale: minorDigitsOf(currency) });
}

/**
 * Minor units or watt-hours as JSON carries them: a string of decimal digits, for JSON numbers stop
 * being exact at 2^53.
 */
export function amountToJson(amount: bigint): string {
  return amount.toString();
}
