const MOST_DIGITS = 20;

/** The digits on the display after a key; a display that is full takes no more. */
export function pressKey(digits: string, key: string): string {
  if (key === "delete") return digits.slice(0, -1);
  if (!/^[0-9]$/.test(key)) return digits;
  const count = digits.replaceAll(/\D/g, "").length;
  return count < MOST_DIGITS ? digits + key : digits;
}
