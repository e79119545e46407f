import { assert, type Brand, err, ok, type Result } from "@/lib/kernel";
import { hasRightCheckDigit, luhnCheckDigit } from "./luhn";

/** A decoder reference number (DRN), 11 or 13 digits, whose check digit has been verified. */
export type MeterNumber = Brand<string, "MeterNumber">;

/** A MeterPAN: 18 digits, both check digits right. */
export type MeterPan = Brand<string, "MeterPan">;

export type MeterNumberFault = "not-a-meter-number" | "wrong-check-digit";

/** IEC 62055-41 ed. 3, MeterPAN: the issuer number that goes before a DRN of each length. */
const ISSUER_FOR_LENGTH: Readonly<Record<number, string>> = { 11: "600727", 13: "0000" };
const PAN_DIGITS = 18;

/**
 * IEC 62055-41 ed. 3, DCTK: a common key is derived for the whole supply group, so this one PAN
 * stands for every meter of it (ed. 2 kept the meter's own issuer number).
 */
export const COMMON_PAN = "600727000000000009" as MeterPan;

const SEPARATORS = /[\s\u2010-\u2015-]/g;
const LONGEST_INPUT = 64;

/**
 * A meter number as typed or scanned: the 11- or 13-digit DRN, or the whole 18-digit MeterPAN.
 * Blanks and dashes are forgiven; every check digit present must be right. Gives the DRN.
 */
export function parseMeterNumber(text: string): Result<MeterNumber, MeterNumberFault> {
  if (text.length > LONGEST_INPUT) return err("not-a-meter-number");
  const digits = text.replace(SEPARATORS, "");
  if (!/^\d+$/.test(digits)) return err("not-a-meter-number");

  const meterNumber = digits.length === PAN_DIGITS ? numberInPan(digits) : digits;
  if (ISSUER_FOR_LENGTH[meterNumber.length] === undefined) return err("not-a-meter-number");
  if (!hasRightCheckDigit(meterNumber)) return err("wrong-check-digit");
  if (digits.length === PAN_DIGITS && !hasRightCheckDigit(digits)) return err("wrong-check-digit");
  return ok(meterNumber as MeterNumber);
}

/** The DRN inside 18 digits, by their issuer number; empty for an issuer that is not of STS. */
function numberInPan(digits: string): string {
  const issuer = Object.values(ISSUER_FOR_LENGTH).find((known) => digits.startsWith(known));
  return issuer === undefined ? "" : digits.slice(issuer.length, -1);
}

/** The 18-digit MeterPAN: issuer number, DRN, and a check digit over both. */
export function panOf(meterNumber: MeterNumber): MeterPan {
  const issuer = ISSUER_FOR_LENGTH[meterNumber.length];
  assert(issuer !== undefined, "a meter number has 11 or 13 digits");
  const payload = issuer + meterNumber;
  return `${payload}${luhnCheckDigit(payload)}` as MeterPan;
}

/** The PANBlock of DKGA01 to DKGA03: the MeterPAN without its first and its last digit. */
export function panBlock(meterNumber: MeterNumber): string {
  return panOf(meterNumber).slice(1, -1);
}

/** In groups of four, as it is printed on the meter: "0100 0451 278". */
export function formatMeterNumber(meterNumber: MeterNumber): string {
  return meterNumber.replace(/\d{4}(?=\d)/g, "$& ");
}
