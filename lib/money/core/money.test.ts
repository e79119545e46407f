import { describe, expect, it } from "vitest";
import { CURRENCIES, minorDigitsOf, parseCurrencyCode } from "./currency";
import { addMoney, money } from "./money";

describe("currencies", () => {
  it("have the minor digits the books are kept in", () => {
    expect(
      ["KES", "UGX", "RWF", "XOF", "TZS", "BHD"].map((code) => CURRENCIES[code as "KES"]),
    ).toEqual([2, 0, 0, 0, 2, 3]);
    expect(minorDigitsOf("NGN")).toBe(2);
  });

  it("are read from capitals, and only those we know", () => {
    expect(parseCurrencyCode("KES")).toEqual({ ok: true, value: "KES" });
    for (const text of ["kes", "ZZZ", "", "toString", "__proto__"]) {
      expect(parseCurrencyCode(text)).toEqual({ ok: false, error: "unknown-currency" });
    }
  });
});

describe("addMoney", () => {
  it("adds amounts of one currency", () => {
    expect(addMoney(money(50_000n, "KES"), money(-1n, "KES"))).toEqual(money(49_999n, "KES"));
  });

  it("never adds two currencies", () => {
    expect(() => addMoney(money(1n, "KES"), money(1n, "UGX"))).toThrow("one currency");
  });
});
