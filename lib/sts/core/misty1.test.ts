import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MISTY1_S7, MISTY1_S9 } from "./misty1-tables";
import { SecretKey } from "./secret-key";
import { decryptMisty1, encryptMisty1 } from "./twins/plain-misty1";
import vectors from "./vectors/misty1.json";
import published from "./vectors/published.json";

const keyOf = (hex: string) => new SecretKey(Buffer.from(hex, "hex"));
const bits = (hex: string) => BigInt(`0x${hex}`);
const keys = fc.uint8Array({ minLength: 16, maxLength: 16 });
const blocks = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/**
 * MISTY1 written as in RFC 2994: one list EK of words, halves as plain big numbers, each function a
 * transcription, decryption as the reverse list. Slow, and it shares nothing but the tables.
 */
function plainMisty1(keyBytes: Uint8Array, direction: "encrypt" | "decrypt", block: bigint) {
  const s7 = (index: bigint) => BigInt(MISTY1_S7[Number(index)] ?? -1);
  const s9 = (index: bigint) => BigInt(MISTY1_S9[Number(index)] ?? -1);
  const fi = (input: bigint, key: bigint) => {
    let d9 = input >> 7n;
    let d7 = input & 0x7fn;
    d9 = s9(d9) ^ d7;
    d7 = (s7(d7) ^ d9) & 0x7fn;
    d7 ^= key >> 9n;
    d9 ^= key & 0x1ffn;
    d9 = s9(d9) ^ d7;
    return (d7 << 9n) | d9;
  };
  const ek: bigint[] = [];
  for (let i = 0; i < 8; i++)
    ek[i] = BigInt((keyBytes[2 * i] ?? 0) * 256 + (keyBytes[2 * i + 1] ?? 0));
  for (let i = 0; i < 8; i++) ek[i + 8] = fi(ek[i] ?? 0n, ek[(i + 1) % 8] ?? 0n);
  const word = (index: number) => ek[index] ?? -1n;
  const fo = (input: bigint, k: number) => {
    let t0 = input >> 16n;
    let t1 = input & 0xffffn;
    t0 = fi(t0 ^ word(k), word(((k + 5) % 8) + 8)) ^ t1;
    t1 = fi(t1 ^ word((k + 2) % 8), word(((k + 1) % 8) + 8)) ^ t0;
    t0 = fi(t0 ^ word((k + 7) % 8), word(((k + 3) % 8) + 8)) ^ t1;
    t1 ^= word((k + 4) % 8);
    return (t1 << 16n) | t0;
  };
  const flWords = (k: number) =>
    k % 2 === 0
      ? ([word(k / 2), word(((k / 2 + 6) % 8) + 8)] as const)
      : ([word((((k - 1) / 2 + 2) % 8) + 8), word(((k - 1) / 2 + 4) % 8)] as const);
  const fl = (input: bigint, k: number) => {
    const [and, or] = flWords(k);
    const d1 = (input & 0xffffn) ^ ((input >> 16n) & and);
    return (((input >> 16n) ^ (d1 | or)) << 16n) | d1;
  };
  const flinv = (input: bigint, k: number) => {
    const [and, or] = flWords(k);
    const d0 = (input >> 16n) ^ ((input & 0xffffn) | or);
    return (d0 << 16n) | ((input & 0xffffn) ^ (d0 & and));
  };
  let d0 = block >> 32n;
  let d1 = block & 0xffffffffn;
  if (direction === "encrypt") {
    for (let round = 0; round < 8; round++) {
      if (round % 2 === 0) {
        d0 = fl(d0, round);
        d1 = fl(d1, round + 1);
        d1 ^= fo(d0, round);
      } else d0 ^= fo(d1, round);
    }
    d0 = fl(d0, 8);
    d1 = fl(d1, 9);
    return (d1 << 32n) | d0;
  }
  [d0, d1] = [flinv(d1, 8), flinv(d0, 9)];
  for (let round = 7; round >= 0; round--) {
    if (round % 2 === 1) d0 ^= fo(d1, round);
    else {
      d1 ^= fo(d0, round);
      d0 = flinv(d0, round);
      d1 = flinv(d1, round + 1);
    }
  }
  return (d0 << 32n) | d1;
}

/** The degree of a table as a polynomial over bits: a Möbius transform of each output bit. */
function algebraicDegree(table: readonly number[], widthBits: number): number {
  let degree = 0;
  const form = [...table];
  for (let variable = 1; variable < form.length; variable *= 2) {
    for (let index = 0; index < form.length; index++) {
      if (index & variable) form[index] = (form[index] ?? 0) ^ (form[index ^ variable] ?? 0);
    }
  }
  expect(form.length).toBe(2 ** widthBits);
  form.forEach((coefficients, monomial) => {
    if (coefficients === 0) return;
    degree = Math.max(degree, monomial.toString(2).replaceAll("0", "").length);
  });
  return degree;
}

describe("MISTY1", () => {
  const examples = [...published.filter((example) => example.kind === "misty1"), ...vectors];

  it.each(examples)("$id: turns $plain into $cipher and back", (example) => {
    const key = keyOf(example.key ?? "");
    const plain = bits(example.plain ?? "");
    const cipher = bits(example.cipher ?? "");
    expect(encryptMisty1(key, plain)).toBe(cipher);
    expect(decryptMisty1(key, cipher)).toBe(plain);
  });

  it("does what the RFC's own words do, in both directions", () => {
    fc.assert(
      fc.property(keys, blocks, (keyBytes, block) => {
        const key = new SecretKey(keyBytes);
        expect(encryptMisty1(key, block)).toBe(plainMisty1(keyBytes, "encrypt", block));
        expect(decryptMisty1(key, block)).toBe(plainMisty1(keyBytes, "decrypt", block));
        expect(decryptMisty1(key, encryptMisty1(key, block))).toBe(block);
      }),
    );
  });

  it("has tables of the degrees they were designed with, so no entry is mistyped", () => {
    expect(new Set(MISTY1_S7).size).toBe(128);
    expect(new Set(MISTY1_S9).size).toBe(512);
    expect(algebraicDegree(MISTY1_S7, 7)).toBe(3);
    expect(algebraicDegree(MISTY1_S9, 9)).toBe(2);
  });

  it("refuses a key or block of another length, and a wiped key", () => {
    expect(() => encryptMisty1(keyOf("0011223344556677"), 0n)).toThrow("128 bits");
    const key = keyOf("00112233445566778899aabbccddeeff");
    expect(() => encryptMisty1(key, 2n ** 64n)).toThrow("64 bits");
    expect(() => decryptMisty1(key, -1n)).toThrow("64 bits");
    key.wipe();
    expect(() => decryptMisty1(key, 0n)).toThrow("wiped");
  });
});
