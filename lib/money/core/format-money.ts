import { type CurrencyCode, minorDigitsOf } from "./currency";
import { formatDecimal } from "./decimal";
import { formatExactNumber } from "./format-exact-number";
import type { Money } from "./money";

/** For human eyes, in the locale's own way with the short symbol: "Ksh 500.00" for en-KE. */
export function formatMoney({ amountMinor, currency }: Money, locale: string): string {
  const minorDigits = minorDigitsOf(currency);
  return formatExactNumber({ digits: amountMinor, scale: minorDigits }, locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: minorDigits,
    maximumFractionDigits: minorDigits,
  });
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
