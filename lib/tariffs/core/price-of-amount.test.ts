import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CurrencyCode, formatMoneyPlain, parseAmount, parseDecimal } from "@/lib/money";
import { amountForEnergy, priceOfAmount } from "./price-of-amount";
import type { TariffDefinition } from "./tariff-definition";
import golden from "./vectors/flat-golden.json";

const decimal = (text: string) => {
  const parsed = parseDecimal(text);
  if (!parsed.ok) throw new Error(`not a decimal: ${text}`);
  return parsed.value;
};
const flat = (price: string, tax: string, pricesIncludeTax: boolean): TariffDefinition => ({
  pricePerKwh: decimal(price),
  taxPercent: decimal(tax),
  pricesIncludeTax,
});

describe("the published and worked examples with one price", () => {
  it.each(golden)("$name", ({ tariff, purchase, result }) => {
    const currency = tariff.currency as CurrencyCode;
    const amount = parseAmount(purchase.amount, currency);
    if (!amount.ok) throw new Error("the example's amount cannot be read");
    const definition = flat(
      tariff.steps[0]?.price ?? "",
      tariff.tax.percent,
      tariff.pricesIncludeTax,
    );
    const price = priceOfAmount({ definition, currency, amountMinor: amount.value });
    const line = (code: string) => result.lines.find((each) => each.code === code)?.amount;
    expect(price.energyWh).toBe(BigInt(result.energyWh));
    expect(formatMoneyPlain(price.energyMinor, currency)).toBe(line("energy"));
    if (line("tax")) expect(formatMoneyPlain(price.taxMinor, currency)).toBe(line("tax"));
    expect(formatMoneyPlain(price.unspentMinor, currency)).toBe(result.unspent);
  });
});

const anyTariff = fc.record({
  pricePerKwh: fc.record({
    digits: fc.bigInt(1n, 10_000_000n),
    scale: fc.integer({ min: 0, max: 6 }),
  }),
  taxPercent: fc.record({ digits: fc.bigInt(0n, 3_000n), scale: fc.constant(2) }),
  pricesIncludeTax: fc.boolean(),
});
const anyCurrency = fc.constantFrom<CurrencyCode>("KES", "UGX", "BHD");
const anyAmount = fc.bigInt(1n, 1_000_000_000n);

describe("a price", () => {
  it("adds up to the amount, whatever the tariff", () => {
    fc.assert(
      fc.property(anyTariff, anyCurrency, anyAmount, (definition, currency, amountMinor) => {
        const price = priceOfAmount({ definition, currency, amountMinor });
        expect(price.energyMinor + price.taxMinor + price.unspentMinor).toBe(amountMinor);
        expect(price.unspentMinor >= 0n && price.taxMinor >= 0n).toBe(true);
        expect(price.includedTaxMinor <= price.energyMinor).toBe(true);
      }),
    );
  });

  it("never gives fewer watt-hours for more money", () => {
    fc.assert(
      fc.property(anyTariff, anyAmount, anyAmount, (definition, one, more) => {
        const currency = "KES";
        const less = priceOfAmount({ definition, currency, amountMinor: one });
        const greater = priceOfAmount({ definition, currency, amountMinor: one + more });
        expect(greater.energyWh >= less.energyWh).toBe(true);
      }),
    );
  });

  it("loses at most one watt-hour a part when a purchase is split", () => {
    fc.assert(
      fc.property(anyTariff, anyAmount, anyAmount, (definition, first, second) => {
        const price = (amountMinor: bigint) =>
          priceOfAmount({ definition, currency: "KES", amountMinor }).energyWh;
        const lost = price(first + second) - price(first) - price(second);
        expect(lost >= 0n && lost <= 1n).toBe(true);
      }),
    );
  });

  it("names the smallest amount that buys an energy: a minor unit less does not", () => {
    fc.assert(
      fc.property(anyTariff, fc.bigInt(1n, 100_000n), (definition, energyWh) => {
        const currency = "KES";
        const amountMinor = amountForEnergy({ definition, currency, energyWh });
        expect(priceOfAmount({ definition, currency, amountMinor }).energyWh >= energyWh).toBe(
          true,
        );
        if (amountMinor > 1n) {
          const less = priceOfAmount({ definition, currency, amountMinor: amountMinor - 1n });
          expect(less.energyWh < energyWh).toBe(true);
        }
      }),
    );
  });
});
