import { type Decimal, formatDecimal } from "./decimal";

/** Making a formatter costs more than using it a hundred times, and a page shows hundreds. */
const formatters = new Map<string, Intl.NumberFormat>();
const MAXIMUM_FORMATTERS = 64;

/**
 * Hands the number to `Intl` as text. `Intl.NumberFormat` reads a decimal string exactly, where a
 * `number` would lose the cents of large amounts.
 */
export function formatExactNumber(
  decimal: Decimal,
  locale: string,
  options: Intl.NumberFormatOptions,
): string {
  return formatterFor(locale, options).format(textOf(decimal));
}

/** The same in parts, for whoever writes one of them differently. */
export function formatExactParts(
  decimal: Decimal,
  locale: string,
  options: Intl.NumberFormatOptions,
): readonly Intl.NumberFormatPart[] {
  return formatterFor(locale, options).formatToParts(textOf(decimal));
}

const textOf = (decimal: Decimal) => formatDecimal(decimal) as `${number}`;

function formatterFor(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([locale, options]);
  const known = formatters.get(key);
  if (known) return known;
  // Locales may come from a request, so the memory of them is bounded.
  if (formatters.size >= MAXIMUM_FORMATTERS) formatters.clear();
  const made = new Intl.NumberFormat(locale, options);
  formatters.set(key, made);
  return made;
}
