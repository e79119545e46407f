import { assert } from "@/lib/kernel";
import { type FieldValues, packFields, totalWidthBits, unpackFields } from "./bit-fields";
import { checkedBits, crcOf } from "./crc";

/** IEC 62055-41 ed. 3, TransferCredit token, class 0, SubClass 0 to 3. */
export const CREDIT_BLOCK = [
  ["subclass", 4],
  ["random", 4],
  ["tokenIdMinutes", 24],
  ["amount", 16],
  ["crc", 16],
] as const;
assert(totalWidthBits(CREDIT_BLOCK) === 64, "a credit block is 64 bits");

/** Class 0: credit. */
export const CREDIT_CLASS = 0;

/** What the credit counts, in the order of the SubClass numbers 0 to 3. */
export const CREDIT_SUBCLASSES = ["electricity", "water", "gas", "time"] as const;
export type CreditSubclass = 0 | 1 | 2 | 3;

/** True for the SubClasses whose amount is energy, volume or time, not currency. */
export function isCreditSubclass(subclass: number): subclass is CreditSubclass {
  return Number.isInteger(subclass) && subclass >= 0 && subclass < CREDIT_SUBCLASSES.length;
}

type CreditFields = FieldValues<typeof CREDIT_BLOCK>;

/** The plain 64-bit block with its CRC in place. */
export function encodeCreditBlock(fields: Omit<CreditFields, "crc">): bigint {
  assert(isCreditSubclass(fields.subclass), "SubClass 4 and up have another layout");
  const withoutCrc = packFields(CREDIT_BLOCK, { ...fields, crc: 0 });
  return withoutCrc | BigInt(crcOf(checkedBits(CREDIT_CLASS, withoutCrc)));
}

/** The fields of a plain block. Whether the CRC is right has been asked before. */
export function decodeCreditBlock(block: bigint): CreditFields {
  return unpackFields(CREDIT_BLOCK, block);
}
