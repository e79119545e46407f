import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkedBits, crcOf, currencyCrcOf } from "./crc";
import { SecretKey } from "./secret-key";
import { staCipher } from "./sta";
import { parseStaTables, SAMPLE_STA_TABLES, type StaTables } from "./sta-tables";
import { decryptBlock, encryptBlock, tokenCipher } from "./token-cipher";
import { decodeTokenDigits, encodeTokenDigits } from "./transposition";
import { decryptMisty1, encryptMisty1 } from "./twins/plain-misty1";
import { plainStaDecrypt, plainStaEncrypt } from "./twins/plain-sta";
import { digitsOf } from "./write-token";

// The hot files against what says the same in plain words. STS_TWIN_RUNS=1000000 takes minutes.
const runs = Number(process.env.STS_TWIN_RUNS ?? 2_000);
const timeoutMs = Math.max(20_000, runs);
const keyOfBytes = (bytes: Uint8Array) => new SecretKey(bytes);
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const block = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const numberOf = (from: Uint8Array) => BigInt(`0x${Buffer.from(from).toString("hex")}`);
const permuted = (size: number) =>
  fc.shuffledSubarray([...Array(size).keys()], { minLength: size, maxLength: size });
const tables: fc.Arbitrary<StaTables> = fc.record({
  name: fc.constant("any"),
  S1: permuted(16),
  S2: permuted(16),
  P: permuted(64),
});

describe("the hot files", () => {
  it("encrypt and decrypt EA11 as the plain twin does", { timeout: timeoutMs }, () => {
    const same = fc.property(bytes(16), block, (key, plain) => {
      const cipher = tokenCipher(keyOfBytes(key));
      const sealed = encryptBlock(cipher, plain);
      expect(sealed).toBe(encryptMisty1(keyOfBytes(key), plain));
      expect(decryptBlock(cipher, plain)).toBe(decryptMisty1(keyOfBytes(key), plain));
      expect(decryptBlock(cipher, sealed)).toBe(plain);
    });
    fc.assert(same, { numRuns: runs });
  });

  it("encrypt and decrypt EA07 as the plain twin does", { timeout: timeoutMs }, () => {
    const same = fc.property(bytes(8), block, (key, plain) => {
      const cipher = staCipher(keyOfBytes(key));
      const sealed = encryptBlock(cipher, plain);
      expect(sealed).toBe(plainStaEncrypt(numberOf(key), plain, SAMPLE_STA_TABLES));
      const opened = plainStaDecrypt(numberOf(key), plain, SAMPLE_STA_TABLES);
      expect(decryptBlock(cipher, plain)).toBe(opened);
      expect(decryptBlock(cipher, sealed)).toBe(plain);
    });
    fc.assert(same, { numRuns: runs });
  });

  it("do so under any tables an operator may have", () => {
    const same = fc.property(bytes(8), block, tables, (key, plain, loaded) => {
      const parsed = parseStaTables(loaded);
      if (!parsed.ok) throw new Error("good tables are refused");
      const sealed = encryptBlock(staCipher(keyOfBytes(key), parsed.value), plain);
      expect(sealed).toBe(plainStaEncrypt(numberOf(key), plain, loaded));
    });
    fc.assert(same, { numRuns: 50 });
  });

  it("write digits as CRC, transposition and decimal over bigint do", {
    timeout: timeoutMs,
  }, () => {
    const parts = fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }), fc.boolean(), bytes(16));
    const same = fc.property(parts, fc.constantFrom(0, 1, 2), ([head, isCurrency, key], kind) => {
      const tokenClass = kind as 0 | 1 | 2;
      const checked = checkedBits(tokenClass, head << 16n);
      const plain = (head << 16n) | BigInt(isCurrency ? currencyCrcOf(checked) : crcOf(checked));
      const sealed = tokenClass === 1 ? plain : encryptMisty1(keyOfBytes(key), plain);
      const cipher = tokenClass === 1 ? null : tokenCipher(keyOfBytes(key));
      const upper = Number(head >> 16n) | 0;
      const digits = digitsOf(cipher, tokenClass, isCurrency, upper, Number(head & 0xffffn));
      expect(digits).toBe(encodeTokenDigits(sealed, tokenClass));
      expect(decodeTokenDigits(digits)).toEqual({ ok: true, value: { block: sealed, tokenClass } });
    });
    fc.assert(same, { numRuns: runs });
  });
});

describe("an operator's tables", () => {
  const { name, S1, S2, P } = SAMPLE_STA_TABLES;
  const good = { name, S1, S2, P };

  it.each<[string, unknown, object]>([
    ["nothing", null, { table: "S1", index: null }],
    ["no S2", { name, S1, P }, { table: "S2", index: null }],
    ["a value twice", { ...good, S1: [12, ...S1.slice(0, 15)] }, { table: "S1", index: 1 }],
    ["a value too large", { ...good, S2: [16, ...S2.slice(1)] }, { table: "S2", index: 0 }],
    ["too short", { ...good, P: P.slice(0, 63) }, { table: "P", index: 63 }],
    ["a text", { ...good, P: ["29", ...P.slice(1)] }, { table: "P", index: 0 }],
  ])("are refused by table and index: %s", (_what, input, fault) => {
    expect(parseStaTables(input)).toEqual({ ok: false, error: fault });
  });
});
