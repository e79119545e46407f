import { err, ok, type Result } from "@/lib/kernel";
import { decodeAmount } from "./amount";
import { checkedBits, crcOf, currencyCrcOf } from "./crc";
import {
  CREDIT_CLASS,
  type CreditSubclass,
  decodeCreditBlock,
  isCreditSubclass,
} from "./credit-block";
import { decryptMisty1 } from "./misty1";
import type { SecretKey } from "./secret-key";
import { decodeTokenDigits, type TokenClass } from "./transposition";

/** IEC 62055-41 ed. 3: class 1 tokens are not encrypted; class 3 is reserved. */
const PLAIN_CLASS = 1;
const RESERVED_CLASS = 3;

export type DecodedCreditToken = {
  readonly kind: "credit";
  readonly tokenClass: 0;
  readonly subclass: CreditSubclass;
  readonly random: number;
  readonly tokenIdMinutes: number;
  readonly amountField: number;
  readonly units: bigint;
};

/** A token whose CRC is right, of a class and SubClass whose content this room does not read. */
export type OtherDecodedToken = {
  readonly kind: "other";
  readonly tokenClass: 0 | 1 | 2;
  readonly subclass: number;
};

export type DecodedToken = DecodedCreditToken | OtherDecodedToken;

/**
 * Reads 20 digits as the meter with this EA11 decoder key would. Refuses what is not 20 digits, not
 * below 2^66 or of class 3 (FormatError), and what does not carry its own checksum (CRCError): a
 * wrong digit, another meter's token or an old key, which nobody can tell apart.
 */
export function decodeToken(
  digits: string,
  decoderKey: SecretKey,
): Result<DecodedToken, "FormatError" | "CRCError"> {
  const parts = decodeTokenDigits(digits);
  if (!parts.ok) return parts;
  const { tokenClass } = parts.value;
  if (tokenClass === RESERVED_CLASS) return err("FormatError");

  const isPlain = tokenClass === PLAIN_CLASS;
  const block = isPlain ? parts.value.block : decryptMisty1(decoderKey, parts.value.block);
  if (!hasRightCrc(tokenClass, block)) return err("CRCError");
  return ok(decodedBlock(tokenClass, block));
}

function subclassOf(block: bigint): number {
  return Number(block >> 60n);
}

/** Currency credit (class 0, SubClass 4 to 7) carries CRC_C, everything else the plain CRC. */
function hasRightCrc(tokenClass: TokenClass, block: bigint): boolean {
  const subclass = subclassOf(block);
  const isCurrency = tokenClass === CREDIT_CLASS && subclass >= 4 && subclass <= 7;
  const checked = checkedBits(tokenClass, block);
  const expected = isCurrency ? currencyCrcOf(checked) : crcOf(checked);
  return Number(block & 0xffffn) === expected;
}

function decodedBlock(tokenClass: 0 | 1 | 2, block: bigint): DecodedToken {
  const subclass = subclassOf(block);
  if (tokenClass !== CREDIT_CLASS || !isCreditSubclass(subclass)) {
    return { kind: "other", tokenClass, subclass };
  }
  const { random, tokenIdMinutes, amount } = decodeCreditBlock(block);
  const units = decodeAmount(amount);
  return {
    kind: "credit",
    tokenClass,
    subclass,
    random,
    tokenIdMinutes,
    amountField: amount,
    units,
  };
}
