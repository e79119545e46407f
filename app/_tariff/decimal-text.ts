import {
  type CurrencyCode,
  type Decimal,
  formatDecimal,
  formatEnergy,
  minorDigitsOf,
} from "@/lib/money";

/** A rate as it was typed, without zeros at its end: "13.68", "5", "0.2600" as "0.26". */
export function decimalText(decimal: Decimal): string {
  const text = formatDecimal(decimal);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A price of a kWh, with no fewer decimals than the currency has: "2.50", "0.1205". */
export function priceText(decimal: Decimal, currency: CurrencyCode): string {
  const text = decimalText(decimal);
  const [major = "", minor = ""] = text.split(".");
  const decimals = minor.padEnd(minorDigitsOf(currency), "0");
  return decimals ? `${major}.${decimals}` : major;
}

/** A limit of a step in kWh, with decimals only where it has some. */
export function limitText(energyWh: bigint, locale: string): string {
  return formatEnergy(energyWh, locale, { decimals: energyWh % 1_000n === 0n ? 0 : 3 });
}
