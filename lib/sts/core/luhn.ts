import { assert } from "@/lib/kernel";

/**
 * The Luhn check digit of a run of decimal digits (IEC 62055-41 ed. 3, the check digits of the DRN
 * and of the MeterPAN). Takes the payload without its check digit.
 */
export function luhnCheckDigit(payload: string): number {
  assert(/^\d+$/.test(payload), "a Luhn payload is decimal digits");
  let sum = 0;
  for (let index = 0; index < payload.length; index++) {
    const digit = payload.charCodeAt(payload.length - 1 - index) - 48;
    // From the rightmost payload digit on, every second one is doubled, nine taken off above nine.
    const doubled = digit * 2;
    sum += index % 2 === 1 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}

/** True where the last digit is the check digit of those before it. */
export function hasRightCheckDigit(digits: string): boolean {
  return luhnCheckDigit(digits.slice(0, -1)) === Number(digits.slice(-1));
}
