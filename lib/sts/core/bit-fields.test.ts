import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FieldLayout, packFields, totalWidthBits, unpackFields } from "./bit-fields";

const DATE = [
  ["year", 7],
  ["month", 4],
  ["day", 5],
] as const;

const layoutsWithValues = fc
  .array(fc.integer({ min: 1, max: 36 }), { minLength: 1, maxLength: 8 })
  .chain((widths) =>
    fc.record({
      layout: fc.constant(widths.map((width, index) => [`field${index}`, width] as const)),
      values: fc.tuple(...widths.map((width) => fc.integer({ min: 0, max: 2 ** width - 1 }))),
    }),
  );

describe("bit fields", () => {
  it("stand side by side, the first one highest", () => {
    expect(totalWidthBits(DATE)).toBe(16);
    expect(packFields(DATE, { year: 0b1010101, month: 0b0011, day: 0b11000 })).toBe(
      0b1010101_0011_11000n,
    );
  });

  it("come apart as they were put together", () => {
    fc.assert(
      fc.property(layoutsWithValues, ({ layout, values }) => {
        const named = Object.fromEntries(layout.map(([name], index) => [name, values[index] ?? 0]));
        const packed = packFields<FieldLayout>(layout, named);
        expect(packed >> BigInt(totalWidthBits(layout))).toBe(0n);
        expect(unpackFields<FieldLayout>(layout, packed)).toEqual(named);
      }),
    );
  });

  it.each([
    ["too long", 16],
    ["below zero", -1],
    ["not whole", 1.5],
    ["no number", Number.NaN],
  ])("refuse a value that is %s instead of masking it", (_, month) => {
    expect(() => packFields(DATE, { year: 0, month, day: 0 })).toThrow("month fits into 4 bits");
  });

  it("refuse a value that is missing", () => {
    const incomplete = { year: 1, day: 1 } as { year: number; month: number; day: number };
    expect(() => packFields(DATE, incomplete)).toThrow("month fits into 4 bits");
  });

  it("refuse bits beyond the layout", () => {
    expect(() => unpackFields(DATE, 1n << 16n)).toThrow("as wide as their layout");
    expect(() => unpackFields(DATE, -1n)).toThrow("as wide as their layout");
  });
});
