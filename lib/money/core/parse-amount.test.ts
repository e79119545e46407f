import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES, type CurrencyCode } from "./currency";
import { formatMoneyPlain } from "./format-money";
import { MAXIMUM_AMOUNT_MINOR, parseAmount } from "./parse-amount";

const currencies = fc.constantFrom(...(Object.keys(CURRENCIES) as CurrencyCode[]));
const amounts = fc.bigInt({ min: 1n, max: MAXIMUM_AMOUNT_MINOR });

describe("parseAmount", () => {
  it.each<[string, CurrencyCode, bigint]>([
    ["500", "KES", 50_000n],
    ["500.5", "KES", 50_050n],
    ["500.00", "KES", 50_000n],
    ["0.01", "KES", 1n],
    ["007", "KES", 700n],
    ["  20 ", "KES", 2000n],
    ["1,000", "KES", 100_000n],
    ["1,234,567.89", "ZAR", 123_456_789n],
    ["1 000", "KES", 100_000n],
    ["1\u00a0000.50", "EUR", 100_050n],
    ["12\u202f500", "XOF", 12_500n],
    ["5000", "UGX", 5000n],
    ["1.234", "BHD", 1234n],
    ["1,000.000", "BHD", 1_000_000n],
    ["10000000000000.00", "KES", 10n ** 15n],
  ])("reads %j in %s as %d minor units", (text, currency, amountMinor) => {
    expect(parseAmount(text, currency)).toEqual({ ok: true, value: amountMinor });
  });

  it.each([
    "",
    " ",
    "abc",
    "5,00",
    "1,50",
    "1,0000",
    ",100",
    "1,000 000",
    "1  000",
    "12 34",
    "1000 000",
    ".5",
    "5.",
    "1.2.3",
    "1e3",
    "1E400",
    "NaN",
    "Infinity",
    "0x10",
    "+5",
    "--5",
    "-",
    "-abc",
    "5-",
    "KSh 500",
    "500/-",
    "٥٠٠",
    "५००",
    "５００",
    "1_000",
    "1\n000",
    "<script>",
  ])("refuses %j as no number", (text) => {
    expect(parseAmount(text, "KES")).toEqual({ ok: false, error: "not-a-number" });
  });

  it.each(["0", "0.00", "000", "-5", "-0", "-1,000.50", "\u22125"])(
    "refuses %j as not positive",
    (text) => {
      expect(parseAmount(text, "KES")).toEqual({ ok: false, error: "not-positive" });
    },
  );

  it.each<[string, CurrencyCode]>([
    ["500.001", "KES"],
    ["1.000", "KES"],
    ["500.0", "UGX"],
    ["1.2345", "BHD"],
  ])("refuses the decimals of %j in %s", (text, currency) => {
    expect(parseAmount(text, currency)).toEqual({ ok: false, error: "too-many-decimals" });
  });

  it.each(["10000000000000.01", "99999999999999", "9".repeat(100_000)])(
    "refuses %s as too large",
    (text) => {
      expect(parseAmount(text, "KES")).toEqual({ ok: false, error: "too-large" });
    },
  );

  it("refuses a single comma that may be a decimal one", () => {
    expect(parseAmount("1,000", "BHD")).toEqual({ ok: false, error: "not-a-number" });
  });

  it("reads back every amount as it is written plainly", () => {
    fc.assert(
      fc.property(amounts, currencies, (amountMinor, currency) => {
        const plain = formatMoneyPlain(amountMinor, currency);
        expect(parseAmount(plain, currency)).toEqual({ ok: true, value: amountMinor });
      }),
    );
  });

  it("answers every text with an amount in its range or a refusal, and never throws", () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[-+0-9., ]{0,24}$/));
    fc.assert(
      fc.property(texts, currencies, (text, currency) => {
        const parsed = parseAmount(text, currency);
        if (!parsed.ok) return;
        expect(parsed.value > 0n && parsed.value <= MAXIMUM_AMOUNT_MINOR).toBe(true);
      }),
    );
  });
});
