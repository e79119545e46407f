import { assert } from "@/lib/kernel";
import type { BlockCipher, BlockWords } from "./block-cipher";
import { CRC_START, CRC_STEP } from "./crc";
import type { MeterToken } from "./meter-token";
import type { TokenClass } from "./transposition";

/*
 * From the first 48 bits of a block to 20 digits: CRC, encryption, class insertion, transposition
 * and decimal, all in 32-bit halves and doubles. Hot: every token the house makes goes through
 * here. twins/plain-write.ts does it over bigint, and the tests hold one against the other.
 */

/** SubClass and content: the upper 32 bits of the block, and the 16 bits above the CRC. */
export type BlockHead = { readonly upper: number; readonly lower16: number };

/** The four digits of 0 to 9999; five of them are a token. */
const FOUR_DIGITS = Array.from({ length: 10_000 }, (_, value) => `${value}`.padStart(4, "0"));

/**
 * The digits of a token of a class. Takes the cipher of the meter, or null for class 1, which is
 * not encrypted; `isCurrency` chooses CRC_C.
 */
export function writeToken(
  cipher: BlockCipher | null,
  { tokenClass, isCurrency = false }: { tokenClass: TokenClass; isCurrency?: boolean },
  head: BlockHead,
): MeterToken {
  assert((tokenClass === 1) === (cipher === null), "class 1 alone travels in the clear");
  return digitsOf(cipher, tokenClass, isCurrency, head.upper | 0, head.lower16 & 0xffff);
}

/** `writeToken` for whoever writes millions: no objects. */
export function digitsOf(
  cipher: BlockCipher | null,
  tokenClass: TokenClass,
  isCurrency: boolean,
  upper: number,
  lower16: number,
): MeterToken {
  const words: BlockWords = WORDS;
  words[0] = upper;
  words[1] = (lower16 << 16) | crcField(tokenClass, upper, lower16, isCurrency);
  if (cipher !== null) cipher.encrypt(words);
  const high = (words[0] ?? 0) >>> 0;
  const low = words[1] ?? 0;
  words[0] = 0;
  words[1] = 0;
  const displaced = (low >>> 27) & 3;
  const withClass = ((low & ~(3 << 27)) | (tokenClass << 27)) >>> 0;
  return decimal(displaced, high, withClass);
}

/** Nothing yields while it is in use. */
const WORDS: BlockWords = new Int32Array(2);

/** The CRC field of the 50 bits, in seven bytes; currency adds a byte 01. */
function crcField(tokenClass: number, upper: number, lower16: number, isCurrency: boolean): number {
  // The class's two bits end up in front of the 48: six zeros and they are the first byte.
  let register = CRC_START;
  register = step(register, tokenClass);
  register = step(register, upper >>> 24);
  register = step(register, upper >>> 16);
  register = step(register, upper >>> 8);
  register = step(register, upper);
  register = step(register, lower16 >>> 8);
  register = step(register, lower16);
  if (isCurrency) register = step(register, 1);
  return ((register & 0xff) << 8) | (register >>> 8);
}

function step(register: number, byte: number): number {
  return (register >>> 8) ^ (CRC_STEP[(register ^ byte) & 0xff] ?? 0);
}

const LIMB = 2 ** 22;
const NINE_DIGITS = 1_000_000_000;

/**
 * 66 bits in decimal. Three limbs of 22 bits are divided by 10^9: every product stays below 2^53,
 * where doubles are exact.
 */
function decimal(top: number, high: number, low: number): MeterToken {
  const first = (top * 2 ** 20) | (high >>> 12);
  const second = ((high & 0xfff) << 10) | (low >>> 22);
  const third = low & 0x3fffff;
  const upperPart = first * LIMB + second;
  const upperQuotient = Math.floor(upperPart / NINE_DIGITS);
  const lowerPart = (upperPart - upperQuotient * NINE_DIGITS) * LIMB + third;
  const lowerQuotient = Math.floor(lowerPart / NINE_DIGITS);
  const last9 = lowerPart - lowerQuotient * NINE_DIGITS;
  // What stands before the last nine digits has eleven: seven and the four that end it.
  const first11 = upperQuotient * LIMB + lowerQuotient;
  // From here on everything fits 32 bits; said so, for the remainder of a double is slow.
  const first8 = (first11 / 1000) | 0;
  const last12 = (first11 - first8 * 1000) * NINE_DIGITS + last9;
  const middle = (last12 / 100_000_000) | 0;
  const last8 = (last12 - middle * 100_000_000) | 0;
  const digits =
    fourDigits((first8 / 10_000) | 0) +
    fourDigits(first8 % 10_000) +
    fourDigits(middle) +
    fourDigits((last8 / 10_000) | 0) +
    fourDigits(last8 % 10_000);
  return digits as MeterToken;
}

function fourDigits(value: number): string {
  return FOUR_DIGITS[value] ?? "";
}
