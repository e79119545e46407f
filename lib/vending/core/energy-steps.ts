const STEPS_IN_KWH = 10n;

/**
 * Kilowatt-hours as a person types them or reads them off a display, "1.5" or "1,5 kWh", in steps
 * of 0.1 kWh, the smallest a token counts in. Null for what is no such figure above zero.
 */
export function parseEnergySteps(text: string): bigint | null {
  const found = /^\s*(\d{1,4})(?:[.,](\d)0*)?\s*(?:kwh)?\s*$/i.exec(text);
  if (!found) return null;
  const [, whole = "0", tenths = "0"] = found;
  const units = BigInt(whole) * STEPS_IN_KWH + BigInt(tenths);
  return units > 0n ? units : null;
}
