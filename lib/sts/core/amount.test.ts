import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeAmount,
  encodeAmount,
  isExactAmount,
  MAXIMUM_AMOUNT_UNITS,
  MAXIMUM_EXACT_AMOUNT_UNITS,
} from "./amount";
import vectors from "./vectors/amount.json";

const amounts = fc.bigInt({ min: 0n, max: MAXIMUM_AMOUNT_UNITS });

/** The rule said as slowly as possible: of all 65,536 fields, the smallest that is enough. */
const everyAmount = Array.from({ length: 65_536 }, (_, field) => {
  const exponent = field >> 14;
  const base = (16_384 * (10 ** exponent - 1)) / 9;
  return base + (field & 0x3fff) * 10 ** exponent;
});
function slowestEncoding(units: bigint): number {
  return everyAmount.findIndex((carried) => carried >= Number(units));
}

describe("the 16-bit amount", () => {
  it.each(vectors)("$id: $units units are field $field", ({ units, field, decodedUnits }) => {
    expect(encodeAmount(BigInt(units))).toBe(field);
    expect(decodeAmount(field)).toBe(BigInt(decodedUnits));
    expect(encodeAmount(BigInt(decodedUnits))).toBe(field);
  });

  it.each([
    [256n, 256n],
    [16_383n, 16_383n],
    [16_384n, 16_384n],
    [20_000n, 20_004n],
    [180_214n, 180_214n],
    [180_215n, 180_224n],
    [180_223n, 180_224n],
    [180_224n, 180_224n],
    [1_818_623n, 1_818_624n],
    [1_818_624n, 1_818_624n],
    [18_201_624n, 18_201_624n],
  ])("carries %d units as %d", (units, carried) => {
    expect(decodeAmount(encodeAmount(units))).toBe(carried);
  });

  it("is a field that comes back from what it carries, for all 65,536", () => {
    const wrong = everyAmount.filter((units, field) => {
      const carried = decodeAmount(field);
      return carried !== BigInt(units) || encodeAmount(carried) !== field;
    });
    expect(wrong).toEqual([]);
  });

  it("is the smallest field that is enough", () => {
    fc.assert(
      fc.property(amounts, (units) => {
        expect(encodeAmount(units)).toBe(slowestEncoding(units));
      }),
    );
  });

  it("never carries less than was bought, and says when it carries more", () => {
    fc.assert(
      fc.property(amounts, (units) => {
        const carried = decodeAmount(encodeAmount(units));
        expect(carried >= units).toBe(true);
        expect(isExactAmount(units)).toBe(carried === units);
      }),
    );
  });

  it("is exact up to 1,638.3 kWh", () => {
    expect(MAXIMUM_EXACT_AMOUNT_UNITS).toBe(16_383n);
    expect(everyAmount.slice(0, 16_384).every((units) => isExactAmount(BigInt(units)))).toBe(true);
    expect(isExactAmount(16_385n)).toBe(false);
  });

  it("refuses more than a token can carry, and less than nothing", () => {
    expect(() => encodeAmount(MAXIMUM_AMOUNT_UNITS + 1n)).toThrow("18,201,624 units");
    expect(() => encodeAmount(-1n)).toThrow("18,201,624 units");
    expect(() => decodeAmount(0x10000)).toThrow("16 bits");
  });
});
