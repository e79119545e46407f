import { assert } from "@/lib/kernel";
import { totalWidthBits } from "./bit-fields";

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
