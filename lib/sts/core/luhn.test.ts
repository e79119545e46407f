import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasRightCheckDigit, luhnCheckDigit } from "./luhn";
import vectors from "./vectors/luhn.json";

const payloads = fc.stringMatching(/^\d{1,30}$/);

describe("Luhn check digit", () => {
  it.each(vectors)("$id: of $payload is $checkDigit", ({ payload, checkDigit }) => {
    expect(luhnCheckDigit(payload)).toBe(checkDigit);
    expect(hasRightCheckDigit(`${payload}${checkDigit}`)).toBe(true);
  });

  it("notices every single wrong digit", () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.integer({ min: 1, max: 9 }), (payload, at, change) => {
        const digits = `${payload}${luhnCheckDigit(payload)}`;
        const index = at % digits.length;
        const wrong = (Number(digits[index]) + change) % 10;
        expect(hasRightCheckDigit(digits.slice(0, index) + wrong + digits.slice(index + 1))).toBe(
          false,
        );
      }),
    );
  });

  it("takes nothing but decimal digits", () => {
    expect(() => luhnCheckDigit("")).toThrow("decimal digits");
    expect(() => luhnCheckDigit("12 4")).toThrow("decimal digits");
    expect(() => luhnCheckDigit("١٢٣")).toThrow("decimal digits");
  });
});
