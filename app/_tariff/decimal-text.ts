import { type Decimal, formatDecimal } from "@/lib/money";

/** A rate as it was typed, without zeros at its end: "13.68", "5", "0.2600" as "0.26". */
export function decimalText(decimal: Decimal): string {
  const text = formatDecimal(decimal);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
