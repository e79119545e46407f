import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeTokenDigits,
  encodeTokenDigits,
  extractClass,
  insertClass,
  type TokenClass,
} from "./transposition";
import vectors from "./vectors/transposition.json";

const blocks = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const classes = fc.constantFrom<TokenClass>(0, 1, 2, 3);
const formatError = { ok: false, error: "FormatError" };

describe("class insertion and transposition", () => {
  it.each(vectors)("$id: block $block of class $class is $token", (vector) => {
    const block = BigInt(`0x${vector.block}`);
    const tokenClass = vector.class as TokenClass;
    const token66 = BigInt(`0x${vector.token66}`);
    expect(insertClass(block, tokenClass)).toBe(token66);
    expect(extractClass(token66)).toEqual({ block, tokenClass });
    expect(encodeTokenDigits(block, tokenClass)).toBe(vector.token);
    expect(decodeTokenDigits(vector.token)).toEqual({ ok: true, value: { block, tokenClass } });
  });

  it("turns every block and class into 20 digits and back", () => {
    fc.assert(
      fc.property(blocks, classes, (block, tokenClass) => {
        const digits = encodeTokenDigits(block, tokenClass);
        expect(digits).toMatch(/^\d{20}$/);
        expect(decodeTokenDigits(digits)).toEqual({ ok: true, value: { block, tokenClass } });
      }),
    );
  });

  it("moves the bits the standard names and no other", () => {
    const written = (bits: bigint, width: number) => bits.toString(2).padStart(width, "0");
    fc.assert(
      fc.property(blocks, classes, (block, tokenClass) => {
        // Bit 28 is the 36th from the left of 64.
        const plain = written(block, 64);
        const expected =
          plain.slice(35, 37) +
          plain.slice(0, 35) +
          written(BigInt(tokenClass), 2) +
          plain.slice(37);
        expect(written(insertClass(block, tokenClass), 66)).toBe(expected);
      }),
    );
  });

  it.each([
    ["nothing", ""],
    ["nineteen digits", "1234567890123456789"],
    ["twenty-one digits", "123456789012345678901"],
    ["a letter", "1234567890123456789x"],
    ["a blank, which a keypad does not have", "1234 5678 9012 3456 7890"],
    ["2^66", "73786976294838206464"],
  ])("refuses %s", (_, digits) => {
    expect(decodeTokenDigits(digits)).toEqual(formatError);
  });

  it("takes a block of 64 bits and a token of 66", () => {
    expect(() => insertClass(2n ** 64n, 0)).toThrow("64 bits");
    expect(() => extractClass(2n ** 66n)).toThrow("66 bits");
  });
});
