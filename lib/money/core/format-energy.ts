import { assert } from "@/lib/kernel";
import { formatExactNumber } from "./format-exact-number";

const WH_DIGITS = 3;

/**
 * Watt-hours as kilowatt-hours for human eyes, without the unit: 20,449 Wh is "20.4". What does not
 * fit into the decimals (0 to 3, one where not given) is dropped, never rounded up: a person must
 * not be promised energy the meter does not hold.
 */
export function formatEnergy(
  energyWh: bigint,
  locale: string,
  options: { readonly decimals?: number } = {},
): string {
  const decimals = options.decimals ?? 1;
  const isPossible = Number.isInteger(decimals) && decimals >= 0 && decimals <= WH_DIGITS;
  assert(isPossible, "kilowatt-hours are shown with zero to three decimals");
  const digits = energyWh / 10n ** BigInt(WH_DIGITS - decimals);
  return formatExactNumber({ digits, scale: decimals }, locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}
