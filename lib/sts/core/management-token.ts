import { err, ok, type Result } from "@/lib/kernel";
import { decodeAmount, encodeAmount, MAXIMUM_AMOUNT_UNITS } from "./amount";
import type { BlockCipher } from "./block-cipher";
import { decodeCurrencyAmount, encodeCurrencyAmount } from "./currency-amount";
import type { MeterToken } from "./meter-token";
import { type CurrencySubclass, hasWideManufacturerCode } from "./token-content";
import { isTokenId } from "./token-id";
import { writeToken } from "./write-token";

/** IEC 62055-41 ed. 3, class 2 tokens with a TID, by SubClass. */
export const MANAGEMENT_SUBCLASSES = {
  maximumPowerLimit: 0,
  clearCredit: 1,
  tariffRate: 2,
  clearTamper: 5,
  maximumPhaseUnbalance: 6,
  waterMeterFactor: 7,
  extended: 10,
} as const;
export type ManagementSubclass = (typeof MANAGEMENT_SUBCLASSES)[keyof typeof MANAGEMENT_SUBCLASSES];

const ALL_REGISTERS = 0xffff;
const LAST_REGISTER = 7;

/** True for the SubClasses of class 2 that have a TID and a meaning in the standard. */
export function isManagementSubclass(subclass: number): subclass is ManagementSubclass {
  return Object.values<number>(MANAGEMENT_SUBCLASSES).includes(subclass);
}

/** True where the 16 bits are an amount in watts: power limit and phase unbalance. */
export function carriesWatts(subclass: number): boolean {
  return subclass === 0 || subclass === 6;
}

/** What a meter would refuse as RangeError: an unknown register, a pad that is not zero. */
export function isManagementValue(subclass: number, value: number): boolean {
  if (!isBits(value, 16)) return false;
  if (subclass === MANAGEMENT_SUBCLASSES.clearCredit) {
    return value <= LAST_REGISTER || value === ALL_REGISTERS;
  }
  return subclass !== MANAGEMENT_SUBCLASSES.clearTamper || value === 0;
}

/** The 16 bits for a limit in whole watts, rounded up where the field is coarser. */
export function wattsField(watts: bigint): Result<number, "RangeError"> {
  const fits = watts >= 0n && watts <= MAXIMUM_AMOUNT_UNITS;
  return fits ? ok(encodeAmount(watts)) : err("RangeError");
}

/** The watts a field of SubClass 0 or 6 stands for. */
export function wattsOfField(value: number): bigint {
  return decodeAmount(value);
}

/**
 * A class 2 token with a TID. Takes RND as four bits and the value as 16; refuses (RangeError) what
 * is wider, and values the SubClass has not.
 */
export function encodeManagementToken(
  cipher: BlockCipher,
  input: {
    readonly subclass: ManagementSubclass;
    readonly random: number;
    readonly tokenIdMinutes: number;
    readonly value: number;
  },
): Result<MeterToken, "RangeError"> {
  const { subclass, random, tokenIdMinutes, value } = input;
  const isRight = isManagementSubclass(subclass) && isManagementValue(subclass, value);
  if (!isRight || !isBits(random, 4) || !isTokenId(tokenIdMinutes)) return err("RangeError");
  const upper = (subclass << 28) | (random << 24) | tokenIdMinutes;
  return ok(writeToken(cipher, { tokenClass: 2 }, { upper, lower16: value }));
}

export type CurrencyToken = {
  readonly token: MeterToken;
  readonly currencyField: number;
  /** What the meter will add, in 0.00001 of the base currency: never less than was asked for. */
  readonly carriedUnits: bigint;
};

/** Credit in currency (class 0, SubClass 4 to 7), `units` in 0.00001 of the base currency. */
export function encodeCurrencyToken(
  cipher: BlockCipher,
  input: {
    readonly subclass: CurrencySubclass;
    readonly tokenIdMinutes: number;
    readonly units: bigint;
  },
): Result<CurrencyToken, "RangeError"> {
  const { subclass, tokenIdMinutes, units } = input;
  const field = encodeCurrencyAmount(units);
  if (!field.ok) return field;
  const isSubclass = Number.isInteger(subclass) && subclass >= 4 && subclass <= 7;
  if (!isSubclass || !isTokenId(tokenIdMinutes)) return err("RangeError");
  const upper = (subclass << 28) | ((field.value >> 16) << 24) | tokenIdMinutes;
  const head = { upper, lower16: field.value & 0xffff };
  const token = writeToken(cipher, { tokenClass: 0, isCurrency: true }, head);
  const carriedUnits = decodeCurrencyAmount(field.value);
  return ok({ token, currencyField: field.value, carriedUnits });
}

/**
 * A meter test token (class 1): SubClass 0 for two-digit manufacturers, 1 for four-digit ones, 2 to
 * read the extended table, 6 to 15 proprietary. Code 0 speaks to every meter. Refuses a control or
 * a manufacturer code of the wrong width, and the reserved SubClasses 3 to 5.
 */
export function encodeTestToken(input: {
  readonly subclass: number;
  readonly control: number;
  readonly manufacturerCode: number;
}): Result<MeterToken, "RangeError"> {
  const { subclass, control, manufacturerCode: code } = input;
  if (!isBits(subclass, 4) || (subclass >= 3 && subclass <= 5)) return err("RangeError");
  const isWide = hasWideManufacturerCode(subclass);
  if (!isManufacturerCode(subclass, code) || !isBits(control, isWide ? 28 : 36)) {
    return err("RangeError");
  }
  const upperControl = isWide ? control : Math.floor(control / 256);
  const lower16 = isWide ? code : (control % 256) * 256 + code;
  const head = { upper: subclass * 2 ** 28 + upperControl, lower16 };
  return ok(writeToken(null, { tokenClass: 1 }, head));
}

/** Two digits are 1 to 99, four digits 100 to 9999; 0 is all; the extended read has none. */
function isManufacturerCode(subclass: number, code: number): boolean {
  if (!Number.isInteger(code)) return false;
  if (subclass === 2) return code === 0;
  if (!hasWideManufacturerCode(subclass)) return code >= 0 && code <= 99;
  return code === 0 || (code >= 100 && code <= 9999);
}

function isBits(value: number, width: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < 2 ** width;
}
