import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountToJson, formatMoney, formatMoneyPlain } from "./format-money";
import { money } from "./money";

describe("formatMoney", () => {
  it("shows an amount in the locale's own way", () => {
    expect(formatMoney(money(50_000n, "KES"), "en-KE")).toMatch(/^KSh\s500\.00$/);
    expect(formatMoney(money(4_821_000n, "KES"), "en-KE")).toMatch(/^KSh\s48,210\.00$/);
    expect(formatMoney(money(123_456n, "EUR"), "de-DE")).toBe("1.234,56\u00a0€");
  });

  it("keeps the minor digits of the books, whatever the runtime thinks of the currency", () => {
    expect(formatMoney(money(5000n, "UGX"), "en-UG")).toMatch(/5,000$/);
    expect(formatMoney(money(500_050n, "TZS"), "en-TZ")).toMatch(/5,000\.50$/);
    expect(formatMoney(money(1234n, "BHD"), "en-BH")).toMatch(/1\.234$/);
  });

  it("is exact where a number would not be", () => {
    expect(formatMoney(money(900_719_925_474_099_301n, "USD"), "en-US")).toBe(
      "$9,007,199,254,740,993.01",
    );
  });

  it("shows every cent of every amount", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), (amountMinor) => {
        const shown = formatMoney(money(amountMinor, "USD"), "en-US");
        expect(shown.replace(/[^\d]/g, "").replace(/^0+/, "")).toBe(
          amountMinor.toString().replace(/^0+/, ""),
        );
      }),
    );
  });

  it("stays right when more locales are asked for than it remembers", () => {
    for (let index = 0; index < 200; index++) {
      formatMoney(money(100n, "EUR"), `en-x-${index.toString(36).padStart(2, "a")}`);
    }
    expect(formatMoney(money(100n, "EUR"), "en-IE")).toBe("€1.00");
  });
});

describe("formatMoneyPlain", () => {
  it("writes the bare number", () => {
    expect(formatMoneyPlain(50_000n, "KES")).toBe("500.00");
    expect(formatMoneyPlain(-5n, "KES")).toBe("-0.05");
    expect(formatMoneyPlain(5000n, "UGX")).toBe("5000");
    expect(formatMoneyPlain(1n, "BHD")).toBe("0.001");
  });
});

describe("amountToJson", () => {
  it("is a string that survives JSON beyond 2^53", () => {
    const sent = JSON.stringify({ amountMinor: amountToJson(9_007_199_254_740_993n) });
    expect(sent).toBe('{"amountMinor":"9007199254740993"}');
  });
});
