import { err, ok, type Result } from "@/lib/kernel";
import type { BlockCipher } from "./block-cipher";
import { checkedBits, crcOf, currencyCrcOf } from "./crc";
import { CREDIT_CLASS } from "./credit-block";
import { SecretKey } from "./secret-key";
import { decryptBlock, tokenCipher } from "./token-cipher";
import { type DecodedToken, decodeContent } from "./token-content";
import { decodeTokenDigits, type TokenClass } from "./transposition";

/** IEC 62055-41 ed. 3: class 1 tokens are not encrypted; class 3 is reserved. */
const PLAIN_CLASS = 1;
const RESERVED_CLASS = 3;

/**
 * Reads 20 digits as the meter with this decoder key would (16 bytes are EA11, 8 EA07 with the
 * sample tables; give a `tokenCipher` for others). Refuses what is not 20 digits, not below 2^66 or
 * of class 3 (FormatError), and what does not carry its own checksum (CRCError): a wrong digit,
 * another meter's token or an old key, which nobody can tell apart.
 */
export function decodeToken(
  digits: string,
  decoderKey: SecretKey | BlockCipher,
): Result<DecodedToken, "FormatError" | "CRCError"> {
  const cipher = decoderKey instanceof SecretKey ? tokenCipher(decoderKey) : decoderKey;
  const decoded = readToken(digits, cipher);
  if (decoderKey instanceof SecretKey) cipher.wipe();
  return decoded;
}

/** Class 1 is read without a key: it is the same for every meter of a manufacturer. */
export function decodeClearToken(
  digits: string,
): Result<DecodedToken, "FormatError" | "CRCError" | "needs-key"> {
  const parts = decodeTokenDigits(digits);
  if (!parts.ok) return parts;
  const { tokenClass, block } = parts.value;
  if (tokenClass === RESERVED_CLASS) return err("FormatError");
  if (tokenClass !== PLAIN_CLASS) return err("needs-key");
  return hasRightCrc(tokenClass, block) ? ok(decodeContent(1, block, 11)) : err("CRCError");
}

function readToken(
  digits: string,
  cipher: BlockCipher,
): Result<DecodedToken, "FormatError" | "CRCError"> {
  const parts = decodeTokenDigits(digits);
  if (!parts.ok) return parts;
  const { tokenClass } = parts.value;
  if (tokenClass === RESERVED_CLASS) return err("FormatError");

  const isPlain = tokenClass === PLAIN_CLASS;
  const block = isPlain ? parts.value.block : decryptBlock(cipher, parts.value.block);
  if (!hasRightCrc(tokenClass, block)) return err("CRCError");
  return ok(decodeContent(tokenClass, block, cipher.algorithm));
}

/** Currency credit (class 0, SubClass 4 to 7) carries CRC_C, everything else the plain CRC. */
function hasRightCrc(tokenClass: TokenClass, block: bigint): boolean {
  const subclass = Number(block >> 60n);
  const isCurrency = tokenClass === CREDIT_CLASS && subclass >= 4 && subclass <= 7;
  const checked = checkedBits(tokenClass, block);
  const expected = isCurrency ? currencyCrcOf(checked) : crcOf(checked);
  return Number(block & 0xffffn) === expected;
}
