import { createCipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { DecoderKeyParts } from "./decoder-key";
import { desDataBlock, readyVendingKey } from "./des-decoder-key";
import { type MeterNumber, parseMeterNumber } from "./meter-pan";
import { SecretKey } from "./secret-key";
import vectors from "./vectors/dkga02.json";

const keyOf = (hex: string) => new SecretKey(Buffer.from(hex, "hex"));
const hexOf = (key: SecretKey) => key.use((bytes) => Buffer.from(bytes).toString("hex"));
const numberOf = (text: string): MeterNumber => {
  const parsed = parseMeterNumber(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

/** By DKGA 1, 2 or 3; null where it is not switched on. */
function derived(algorithm: 1 | 2 | 3, vendingKey: string, parts: Partial<DecoderKeyParts> = {}) {
  const ready = readyVendingKey(keyOf(vendingKey), algorithm, ["dkga01", "dkga03"]);
  if (!ready.ok) throw new Error(ready.error);
  return hexOf(ready.value.derive({ ...PARTS, ...parts }));
}

const PARTS: DecoderKeyParts = {
  meterNumber: numberOf("01045127071"),
  keyType: 2,
  supplyGroupCode: "123457",
  tariffIndex: 1,
  keyRevisionNumber: 1,
  baseDate: 1993,
  encryptionAlgorithm: 7,
};

describe("decoder keys by DES", () => {
  it.each(vectors)("$id: DKGA02 derives $decoderKey", (row) => {
    const { pan, kt, sgc, ti, krn, vendingKey, decoderKey } = row;
    const parts = {
      ...{ meterNumber: numberOf(pan), keyType: kt as 0 | 1 | 2 | 3, supplyGroupCode: sgc },
      ...{ tariffIndex: ti, keyRevisionNumber: krn },
    };
    expect(derived(2, vendingKey, parts)).toBe(decoderKey);
  });

  it("run DKGA01 and DKGA03 only where they are switched on by name", () => {
    const off = { ok: false, error: "not-switched-on" };
    expect(readyVendingKey(keyOf("ab".repeat(8)), 1)).toEqual(off);
    expect(readyVendingKey(keyOf("ab".repeat(8)), 1, ["dkga03"])).toEqual(off);
    expect(readyVendingKey(keyOf("ab".repeat(16)), 3, ["dkga01"])).toEqual(off);
  });

  it("exchange the roles in DKGA01 for legacy meters, and are DKGA02 for all others", () => {
    const vendingKey = "abababababababab";
    expect(derived(1, vendingKey)).toBe(derived(2, vendingKey, {}));
    const group = { keyType: 3, supplyGroupCode: "100702" } as const;
    expect(derived(1, vendingKey, group)).not.toBe(derived(2, vendingKey, group));
    const later = { ...group, keyRevisionNumber: 2 };
    expect(derived(1, vendingKey, later)).toBe(derived(2, vendingKey, later));
  });

  it("are two-key EDE of D, xor D, in DKGA03", () => {
    const vendingKey = "0123456789abcdeffedcba9876543210";
    const data = desDataBlock(PARTS);
    const ede = Buffer.from(vendingKey + vendingKey.slice(0, 16), "hex");
    const sealed = createCipheriv("des-ede3", ede, null).setAutoPadding(false).update(data);
    const expected = Buffer.from(sealed.map((byte, index) => byte ^ (data[index] ?? 0)));
    expect(derived(3, vendingKey)).toBe(expected.toString("hex"));
  });
});
