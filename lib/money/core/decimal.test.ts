import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDecimal, parseDecimal } from "./decimal";

describe("a decimal", () => {
  it.each([
    ["13.68", 1368n, 2],
    ["0", 0n, 0],
    ["0.000", 0n, 3],
    ["2.50", 250n, 2],
    ["0.123456789012345678901234567890", 123456789012345678901234567890n, 30],
  ])("%s is read digit for digit", (text, digits, scale) => {
    expect(parseDecimal(text)).toEqual({ ok: true, value: { digits, scale } });
    expect(formatDecimal({ digits, scale })).toBe(text);
  });

  it.each(["", " 1", "1 ", ".5", "5.", "1,5", "1e3", "+1", "--1", "1.2.3", "NaN", "٥", "0x1"])(
    "%j is none, signed or not",
    (text) => {
      const refused = { ok: false, error: "not-a-decimal" };
      expect(parseDecimal(text)).toEqual(refused);
      expect(parseDecimal(text, { allowNegative: true })).toEqual(refused);
    },
  );

  it("is negative only where that is allowed", () => {
    expect(parseDecimal("-0.05")).toEqual({ ok: false, error: "not-a-decimal" });
    const parsed = parseDecimal("-0.05", { allowNegative: true });
    expect(parsed).toEqual({ ok: true, value: { digits: -5n, scale: 2 } });
    expect(formatDecimal({ digits: -5n, scale: 2 })).toBe("-0.05");
  });

  it("comes back from its text, whatever its length", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat(60), (digits, scale) => {
        const text = formatDecimal({ digits, scale });
        expect(parseDecimal(text, { allowNegative: true })).toEqual({
          ok: true,
          value: { digits, scale },
        });
      }),
    );
  });

  it("has a scale that counts digits", () => {
    expect(() => formatDecimal({ digits: 1n, scale: -1 })).toThrow("counts digits");
  });
});
