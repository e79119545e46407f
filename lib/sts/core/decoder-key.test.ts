import { describe, expect, it } from "vitest";
import {
  type DecoderKeyParts,
  deriveDecoderKey,
  dkga04DataBlock,
  type KeyType,
} from "./decoder-key";
import { type MeterNumber, parseMeterNumber } from "./meter-pan";
import { SecretKey } from "./secret-key";
import type { BaseDate } from "./token-id";
import vectors from "./vectors/dkga04.json";

const keyOf = (hex: string) => new SecretKey(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

function meterNumberOf(pan: string): MeterNumber {
  const parsed = parseMeterNumber(pan);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

function partsOf(vector: (typeof vectors)[number]): DecoderKeyParts {
  return {
    meterNumber: meterNumberOf(vector.pan),
    keyType: vector.kt as KeyType,
    supplyGroupCode: vector.sgc,
    tariffIndex: vector.ti,
    keyRevisionNumber: vector.krn,
    baseDate: vector.baseDate as BaseDate,
    encryptionAlgorithm: 11,
  };
}

const [first] = vectors;
const parts = partsOf(first as (typeof vectors)[number]);
const vendingKey = keyOf(first?.vendingKey ?? "");

describe("DKGA04", () => {
  it.each(vectors)("$id: derives the decoder key of $pan", (vector) => {
    expect(hexOf(dkga04DataBlock(partsOf(vector)))).toBe(vector.dataBlock);
    const decoderKey = deriveDecoderKey(keyOf(vector.vendingKey), partsOf(vector));
    expect(decoderKey.use(hexOf)).toBe(vector.decoderKey);
  });

  it("gives another key when any one part differs", () => {
    const others: DecoderKeyParts[] = [
      parts,
      { ...parts, meterNumber: meterNumberOf(vectors[1]?.pan ?? "") },
      { ...parts, keyType: 1 },
      { ...parts, supplyGroupCode: "347629" },
      { ...parts, tariffIndex: parts.tariffIndex + 1 },
      { ...parts, keyRevisionNumber: parts.keyRevisionNumber - 1 },
      { ...parts, baseDate: 2035 },
    ];
    const keys = others.map((other) => deriveDecoderKey(vendingKey, other).use(hexOf));
    expect(new Set(keys).size).toBe(others.length);
  });

  it("gives all meters of a supply group one common key (DCTK)", () => {
    const common: DecoderKeyParts = { ...parts, keyType: 3 };
    const other = { ...common, meterNumber: meterNumberOf(vectors[1]?.pan ?? "") };
    expect(deriveDecoderKey(vendingKey, common).use(hexOf)).toBe(
      deriveDecoderKey(vendingKey, other).use(hexOf),
    );
  });

  it("takes a vending key of 160 bits, without the check byte it may be printed with", () => {
    expect(() => deriveDecoderKey(keyOf("00".repeat(21)), parts)).toThrow("160 bits");
    expect(() => deriveDecoderKey(keyOf("00".repeat(8)), parts)).toThrow("160 bits");
  });

  it.each<[string, Partial<DecoderKeyParts>]>([
    ["a supply group code is six digits", { supplyGroupCode: "12345" }],
    ["a supply group code is six digits", { supplyGroupCode: "12345x" }],
    ["a tariff index is 0 to 99", { tariffIndex: 100 }],
    ["a tariff index is 0 to 99", { tariffIndex: 1.5 }],
    ["a key revision number is 1 to 9", { keyRevisionNumber: 0 }],
    ["a key type is 0 to 3", { keyType: 4 as KeyType }],
    ["decoder keys are derived for EA07 and EA11", { encryptionAlgorithm: 9 as 11 }],
  ])("insists that %s", (rule, wrong) => {
    expect(() => deriveDecoderKey(vendingKey, { ...parts, ...wrong })).toThrow(rule);
  });
});
