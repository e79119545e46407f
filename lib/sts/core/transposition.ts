import { assert, err, ok, type Result } from "@/lib/kernel";
import { type MeterToken, parseMeterToken, TOKEN_WIDTH_BITS } from "./meter-token";

/*
 * IEC 62055-41 ed. 3, class insertion and transposition: the two class bits take the place of bits
 * 28 and 27 of the block, and the bits that stood there become bits 65 and 64 of the token. The
 * class travels in the clear, so that a meter knows whether to decrypt.
 */
export type TokenClass = 0 | 1 | 2 | 3;

const BLOCK_WIDTH_BITS = 64n;
const CLASS_POSITION = 27n;
const TWO_BITS = 3n;

/** The 66 bits of a token: a 64-bit block, encrypted or not, with its class in place. */
export function insertClass(block: bigint, tokenClass: TokenClass): bigint {
  assert(block >= 0n && block >> BLOCK_WIDTH_BITS === 0n, "a block is 64 bits");
  const displaced = (block >> CLASS_POSITION) & TWO_BITS;
  const cleared = block ^ (displaced << CLASS_POSITION);
  const withClass = cleared | (BigInt(tokenClass) << CLASS_POSITION);
  return (displaced << BLOCK_WIDTH_BITS) | withClass;
}

/** The block and the class inside the 66 bits of a token. */
export function extractClass(token66: bigint): { block: bigint; tokenClass: TokenClass } {
  assert(token66 >= 0n && token66 >> BigInt(TOKEN_WIDTH_BITS) === 0n, "a token is 66 bits");
  const classBits = (token66 >> CLASS_POSITION) & TWO_BITS;
  const displaced = token66 >> BLOCK_WIDTH_BITS;
  const withoutClass = BigInt.asUintN(64, token66) ^ (classBits << CLASS_POSITION);
  return {
    block: withoutClass | (displaced << CLASS_POSITION),
    tokenClass: Number(classBits) as TokenClass,
  };
}

/** The 20 decimal digits of a token, zeros in front. */
export function encodeTokenDigits(block: bigint, tokenClass: TokenClass): MeterToken {
  return insertClass(block, tokenClass).toString().padStart(20, "0") as MeterToken;
}

/** Takes exactly 20 digits apart; anything else, and 2^66 and above, is a format error. */
export function decodeTokenDigits(
  digits: string,
): Result<{ readonly block: bigint; readonly tokenClass: TokenClass }, "FormatError"> {
  // A meter has no forgiving keypad: blanks and dashes are for parseMeterToken at our own forms.
  const token = /^\d{20}$/.test(digits) ? parseMeterToken(digits) : null;
  return token?.ok ? ok(extractClass(BigInt(token.value))) : err("FormatError");
}
