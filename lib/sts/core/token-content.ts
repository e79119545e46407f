import { assert } from "@/lib/kernel";
import { decodeAmount } from "./amount";
import { type FieldLayout, unpackFields } from "./bit-fields";
import type { EncryptionAlgorithm } from "./block-cipher";
import { CREDIT_BLOCK, type CreditSubclass } from "./credit-block";
import { decodeCurrencyAmount } from "./currency-amount";

/** IEC 62055-41 ed. 3, what tokens of each class and SubClass hold. */
export type CurrencySubclass = 4 | 5 | 6 | 7;

export type DecodedCreditToken = {
  readonly kind: "credit";
  readonly tokenClass: 0;
  readonly subclass: CreditSubclass;
  readonly random: number;
  readonly tokenIdMinutes: number;
  readonly amountField: number;
  readonly units: bigint;
};

export type DecodedCurrencyToken = {
  readonly kind: "currency";
  readonly tokenClass: 0;
  readonly subclass: CurrencySubclass;
  readonly tokenIdMinutes: number;
  /** 20 bits: sign, exponent, mantissa. */
  readonly currencyField: number;
  /** 0.00001 of the base currency. */
  readonly units: bigint;
};

/** Class 1: nothing is encrypted, and a manufacturer code of 0 speaks to every meter. */
export type DecodedTestToken = {
  readonly kind: "meter-test";
  readonly tokenClass: 1;
  readonly subclass: number;
  readonly control: number;
  readonly manufacturerCode: number;
};

/** Class 2 tokens with a TID: SubClass 0, 1, 2, 5, 6, 7, 10, and the proprietary 11 to 15. */
export type DecodedManagementToken = {
  readonly kind: "management";
  readonly tokenClass: 2;
  readonly subclass: number;
  readonly random: number;
  readonly tokenIdMinutes: number;
  readonly value: number;
};

type Section = { readonly kind: "key-section"; readonly tokenClass: 2 };

/** A part of a key change set. KEN, KRN, KT, TI and SGC are those of the new key. */
export type DecodedKeySection = Section &
  (
    | {
        readonly section: 1;
        readonly subclass: 3;
        readonly kenHigh: number;
        readonly keyRevisionNumber: number;
        readonly rollOver: number;
        readonly hasThird: number;
        readonly keyType: number;
        readonly keyWord: number;
      }
    | {
        readonly section: 2;
        readonly subclass: 4;
        readonly kenLow: number;
        readonly tariffIndex: number;
        readonly keyWord: number;
      }
    | {
        readonly section: 3 | 4;
        readonly subclass: 8 | 9;
        readonly sgcHalf: number;
        readonly keyWord: number;
      }
    | {
        readonly section: "supply-group";
        readonly subclass: 8;
        readonly sgc: number;
        readonly pad: number;
      }
  );

/** A token whose CRC is right, of a SubClass that is reserved. */
export type OtherDecodedToken = {
  readonly kind: "other";
  readonly tokenClass: 0 | 1 | 2;
  readonly subclass: number;
};

export type DecodedToken =
  | DecodedCreditToken
  | DecodedCurrencyToken
  | DecodedTestToken
  | DecodedManagementToken
  | DecodedKeySection
  | OtherDecodedToken;

/** Control and manufacturer code: 36 and 8 bits, or 28 and 16 for four-digit manufacturers. */
const TWO_DIGIT_TEST = [
  ["subclass", 4],
  ["control", 36],
  ["manufacturerCode", 8],
  ["crc", 16],
] as const satisfies FieldLayout;
const FOUR_DIGIT_TEST = [
  ["subclass", 4],
  ["control", 28],
  ["manufacturerCode", 16],
  ["crc", 16],
] as const satisfies FieldLayout;
const SECTION_1 = [
  ["subclass", 4],
  ["kenHigh", 4],
  ["keyRevisionNumber", 4],
  ["rollOver", 1],
  ["hasThird", 1],
  ["keyType", 2],
  ["keyWord", 32],
  ["crc", 16],
] as const satisfies FieldLayout;
const SECTION_2 = [
  ["subclass", 4],
  ["kenLow", 4],
  ["tariffIndex", 8],
  ["keyWord", 32],
  ["crc", 16],
] as const satisfies FieldLayout;
const SECTION_3_OR_4 = [
  ["subclass", 4],
  ["sgcHalf", 12],
  ["keyWord", 32],
  ["crc", 16],
] as const satisfies FieldLayout;
const SUPPLY_GROUP = [
  ["subclass", 4],
  ["sgc", 24],
  ["pad", 20],
  ["crc", 16],
] as const satisfies FieldLayout;

const RESERVED_TESTS = [3, 4, 5];

/** True where SubClass 1 and 6 to 10 of class 1 carry a manufacturer code of sixteen bits. */
export function hasWideManufacturerCode(subclass: number): boolean {
  return subclass === 1 || (subclass >= 6 && subclass <= 10);
}

/** The content of a plain block of a class; EA tells the two layouts of class 2, SubClass 8. */
export function decodeContent(
  tokenClass: 0 | 1 | 2,
  block: bigint,
  algorithm: EncryptionAlgorithm,
): DecodedToken {
  const subclass = Number(block >> 60n);
  if (tokenClass === 0) return creditContent(subclass, block);
  if (tokenClass === 2) return managementContent(subclass, block, algorithm);
  if (RESERVED_TESTS.includes(subclass)) return { kind: "other", tokenClass, subclass };
  const layout = hasWideManufacturerCode(subclass) ? FOUR_DIGIT_TEST : TWO_DIGIT_TEST;
  const { control, manufacturerCode } = unpackFields<FieldLayout>(layout, block);
  assert(control !== undefined && manufacturerCode !== undefined, "a test token has both fields");
  return { kind: "meter-test", tokenClass, subclass, control, manufacturerCode };
}

function creditContent(subclass: number, block: bigint): DecodedToken {
  const { random, tokenIdMinutes, amount } = unpackFields(CREDIT_BLOCK, block);
  if (subclass <= 3) {
    return {
      kind: "credit",
      tokenClass: 0,
      subclass: subclass as CreditSubclass,
      random,
      tokenIdMinutes,
      amountField: amount,
      units: decodeAmount(amount),
    };
  }
  if (subclass > 7) return { kind: "other", tokenClass: 0, subclass };
  const currencyField = (random << 16) | amount;
  return {
    kind: "currency",
    tokenClass: 0,
    subclass: subclass as CurrencySubclass,
    tokenIdMinutes,
    currencyField,
    units: decodeCurrencyAmount(currencyField),
  };
}

function managementContent(
  subclass: number,
  block: bigint,
  algorithm: EncryptionAlgorithm,
): DecodedToken {
  const section = { kind: "key-section", tokenClass: 2 } as const;
  if (subclass === 3) {
    const { crc: _crc, ...fields } = unpackFields(SECTION_1, block);
    return { ...section, ...fields, section: 1, subclass };
  }
  if (subclass === 4) {
    const { crc: _crc, ...fields } = unpackFields(SECTION_2, block);
    return { ...section, ...fields, section: 2, subclass };
  }
  if (subclass === 8 && algorithm === 7) {
    const { sgc, pad } = unpackFields(SUPPLY_GROUP, block);
    return { ...section, section: "supply-group", subclass, sgc, pad };
  }
  if (subclass === 8 || subclass === 9) {
    const { sgcHalf, keyWord } = unpackFields(SECTION_3_OR_4, block);
    return { ...section, section: subclass === 8 ? 3 : 4, subclass, sgcHalf, keyWord };
  }
  const { random, tokenIdMinutes, amount } = unpackFields(CREDIT_BLOCK, block);
  return { kind: "management", tokenClass: 2, subclass, random, tokenIdMinutes, value: amount };
}
