import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addRationals,
  compareRationals,
  formatDecimal,
  multiplyRationals,
  type Rational,
  rational,
  rationalOfDecimal,
} from "@/lib/money";
import { parseDefinition, parseStatedTariff } from "../shell/definition-form";
import { amountForEnergy } from "./amount-for-energy";
import { NOTHING_DUE, type PurchaseBasis } from "./charges-before-energy";
import { amountOfLine, priceInMinorUnits } from "./price-of-amount";
import type { TariffDefinition } from "./tariff-definition";
import golden from "./vectors/golden.json";

const minorOf = (text: string, minorDigits: number) => {
  const [major = "", minor = ""] = text.split(".");
  return BigInt(major + minor.padEnd(minorDigits, "0"));
};

describe("the published and worked examples", () => {
  it.each(golden)("$id", ({ tariff, purchase, result }) => {
    const stated = parseStatedTariff(tariff);
    if (!stated.ok) throw new Error(`the tariff is refused: ${stated.error.path}`);
    const { definition, minorDigits } = stated.value;
    const due = Object.entries(purchase.fixedDue).map(
      ([code, text]) => [code, minorOf(text, minorDigits)] as const,
    );
    const price = priceInMinorUnits({
      definition,
      minorDigits,
      amountMinor: minorOf(purchase.amount, minorDigits),
      basis: {
        monthToDateWh: BigInt(purchase.monthToDateWh),
        arrearsMinor: minorOf(purchase.arrears, minorDigits),
        fixedDueMinor: new Map(due),
      },
    });
    if (!price.ok) throw new Error("the example buys something");
    const text = (digits: bigint) => formatDecimal({ digits, scale: minorDigits });
    const lines = price.value.lines.map(({ code, amountMinor }) => ({
      code,
      amount: text(amountMinor),
    }));
    const { energyWh, unspentMinor } = price.value;
    expect({ energyWh: energyWh.toString(), unspent: text(unspentMinor), lines }).toEqual(result);
  });
});

const digitsText = (most: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: 4 }))
    .map(([digits, scale]) => formatDecimal({ digits: BigInt(digits), scale }));
const percentText = (most: number) =>
  fc.integer({ min: 0, max: most * 10 }).map((tenths) => (tenths / 10).toString());

const anyTariff = (limits: { readonly mostKwh: number; readonly charges: boolean }) =>
  fc
    .record({
      pricesIncludeTax: fc.boolean(),
      tax: fc.record({ code: fc.constant("vat"), percent: percentText(30) }),
      energyTaxable: fc.boolean(),
      limits: fc.uniqueArray(fc.integer({ min: 1, max: limits.mostKwh }), { maxLength: 3 }),
      prices: fc.array(digitsText(90_000), { minLength: 4, maxLength: 4 }),
      last: fc.integer({ min: 1, max: 90_000 }),
      levies: fc.array(
        fc.record({
          taxable: fc.boolean(),
          perKwh: fc.option(digitsText(5_000)),
          share: percentText(20),
        }),
        { maxLength: 3 },
      ),
      fixed: fc.array(fc.record({ taxable: fc.boolean(), most: percentText(100) }), {
        maxLength: limits.charges ? 2 : 0,
      }),
      fee: fc.record({
        percent: limits.charges ? percentText(20) : fc.constant("0"),
        fixed: limits.charges ? digitsText(500) : fc.constant("0"),
        bearer: fc.constantFrom("owner", "resident"),
      }),
      maxPercent: limits.charges ? percentText(100) : fc.constant("0"),
    })
    .map(({ limits: ends, prices, last, levies, fixed, maxPercent, ...rest }) => {
      const ordered = ends.toSorted((a, b) => a - b);
      const parsed = parseDefinition({
        ...rest,
        arrears: { maxPercent },
        fixed: fixed.map(({ taxable, most }, index) => ({
          code: `f${index}`,
          taxable,
          maxPercentOfPurchase: most,
        })),
        levies: levies.map(({ taxable, perKwh, share }, index) => ({
          code: `l${index}`,
          taxable,
          ...(perKwh === null ? { percentOf: "energy", percent: share } : { perKwh }),
        })),
        steps: [
          ...ordered.map((end, index) => ({
            upToKwh: end.toString(),
            price: prices[index] ?? "1",
          })),
          { upToKwh: null, price: (last / 100).toString() },
        ],
      });
      if (!parsed.ok) throw new Error(`the drawn tariff is refused: ${parsed.error.path}`);
      return parsed.value;
    });

const anyBasis: fc.Arbitrary<PurchaseBasis> = fc
  .record({
    monthToDateWh: fc.bigInt(0n, 500_000n),
    arrearsMinor: fc.oneof(fc.constant(0n), fc.bigInt(0n, 100_000n)),
    f0: fc.bigInt(0n, 50_000n),
    f1: fc.bigInt(0n, 50_000n),
  })
  .map(({ f0, f1, ...rest }) => ({
    ...rest,
    fixedDueMinor: new Map([
      ["f0", f0],
      ["f1", f1],
    ]),
  }));
const whole = anyTariff({ mostKwh: 400, charges: true });
const energyOnly = anyTariff({ mostKwh: 400, charges: false });
/** Where a later step is cheaper, what one part has left over may be many of its watt-hours. */
const rising = energyOnly.map((definition) => {
  const prices = definition.steps.map(({ price }) => price);
  prices.sort((a, b) => compareRationals(rationalOfDecimal(a), rationalOfDecimal(b)));
  const [cheapest = { digits: 1n, scale: 0 }] = prices;
  const steps = definition.steps.map(({ upToWh }, index) => ({
    upToWh,
    price: prices[index] ?? cheapest,
  }));
  return { ...definition, steps };
});
const anyDigits = fc.constantFrom(0, 2, 3);
const anyAmount = fc.bigInt(1n, 10_000_000n);

type Given = Parameters<typeof priceInMinorUnits>[0];
const energyOf = (given: Given) => {
  const price = priceInMinorUnits(given);
  return price.ok ? price.value.energyWh : 0n;
};

describe("a price", () => {
  it("adds up to the amount, and its blocks to what was spent, whatever the tariff", () => {
    fc.assert(
      fc.property(
        whole,
        anyDigits,
        anyAmount,
        anyBasis,
        (definition, minorDigits, amountMinor, basis) => {
          const price = priceInMinorUnits({ definition, minorDigits, amountMinor, basis });
          if (!price.ok) return;
          const { lines, unspentMinor, spentMinor, includedTaxMinor, blocks, energyWh } =
            price.value;
          const sum = lines.reduce((total, line) => total + line.amountMinor, 0n);
          expect(sum + unspentMinor).toBe(amountMinor);
          expect(lines.every((line) => line.amountMinor > 0n) && unspentMinor >= 0n).toBe(true);
          expect(new Set(lines.map(({ code }) => code)).size).toBe(lines.length);
          expect(blocks.reduce((total, block) => total + block.costMinor, 0n)).toBe(spentMinor);
          expect(blocks.reduce((total, block) => total + block.energyWh, 0n)).toBe(energyWh);
          expect(includedTaxMinor <= spentMinor).toBe(true);
          expect(amountOfLine(price.value, "arrears") <= basis.arrearsMinor).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("never gives fewer watt-hours for more money", () => {
    const more = fc.bigInt(1n, 1_000n);
    fc.assert(
      fc.property(
        whole,
        anyDigits,
        anyAmount,
        more,
        anyBasis,
        (definition, minorDigits, one, added, basis) => {
          const less = energyOf({ definition, minorDigits, amountMinor: one, basis });
          const greater = energyOf({ definition, minorDigits, amountMinor: one + added, basis });
          expect(greater >= less).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("loses at most one watt-hour when a purchase is split, where prices rise", () => {
    fc.assert(
      fc.property(
        rising,
        anyAmount,
        anyAmount,
        anyBasis,
        (definition, first, second, { monthToDateWh }) => {
          const buy = (amountMinor: bigint, fromWh: bigint) => {
            const basis = { ...NOTHING_DUE, monthToDateWh: fromWh };
            return energyOf({ definition, minorDigits: 2, amountMinor, basis });
          };
          const one = buy(first, monthToDateWh);
          const two = buy(second, monthToDateWh + one);
          const difference = buy(first + second, monthToDateWh) - one - two;
          expect(difference === 0n || difference === 1n).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("the amount for an energy", () => {
  it("is the smallest that buys it: a minor unit less does not", () => {
    fc.assert(
      fc.property(whole, fc.bigInt(1n, 900_000n), anyBasis, (definition, energyWh, basis) => {
        const amountMinor = amountForEnergy({ definition, currency: "KES", energyWh, basis });
        const given = { definition, minorDigits: 2, basis };
        expect(energyOf({ ...given, amountMinor }) >= energyWh).toBe(true);
        if (amountMinor === 1n) return;
        expect(energyOf({ ...given, amountMinor: amountMinor - 1n }) < energyWh).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

/** The same rules a watt-hour at a time, in fractions: slow, and easy to see that it is right. */
function slowEnergy(definition: TariffDefinition, basis: PurchaseBasis, leftMinor: bigint): bigint {
  const percent = (share: { digits: bigint; scale: number }) =>
    multiplyRationals(rationalOfDecimal(share), rational(1n, 100n));
  let left = rational(leftMinor);
  for (let bought = 0n; ; bought += 1n) {
    const reached = basis.monthToDateWh + bought;
    const step = definition.steps.find(({ upToWh }) => upToWh === null || reached < upToWh);
    if (!step) throw new Error("the last step has no end");
    const energy = rationalOfDecimal(step.price);
    let cost: Rational = energy;
    let taxed: Rational = definition.energyTaxable ? energy : rational(0n);
    for (const levy of definition.levies) {
      const added =
        "perKwh" in levy
          ? rationalOfDecimal(levy.perKwh)
          : multiplyRationals(energy, percent(levy.percent));
      cost = addRationals(cost, added);
      if (levy.taxable) taxed = addRationals(taxed, added);
    }
    if (!definition.pricesIncludeTax) {
      cost = addRationals(cost, multiplyRationals(taxed, percent(definition.tax.percent)));
    }
    // Major for a kWh is minor for a watt-hour, times 100, by 1,000.
    const next = multiplyRationals(cost, rational(1n, 10n));
    if (compareRationals(next, left) > 0) return bought;
    const rest = addRationals(left, multiplyRationals(next, rational(-1n)));
    left = reduced(rest);
  }
}

function reduced({ numerator, denominator }: Rational): Rational {
  let [a, b] = [numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return rational(numerator / a, denominator / a);
}

describe("the energy", () => {
  it("is what walking one watt-hour after another gives", () => {
    const small = anyTariff({ mostKwh: 2, charges: false });
    const amounts = fc.bigInt(1n, 3_000n);
    const bought = fc.bigInt(0n, 2_500n);
    fc.assert(
      fc.property(small, amounts, bought, (definition, amountMinor, monthToDateWh) => {
        const basis = { ...NOTHING_DUE, monthToDateWh };
        // What a cheap tariff gives in thousands of kWh would be walked for minutes.
        const energyWh = energyOf({ definition, minorDigits: 2, amountMinor, basis });
        if (energyWh > 20_000n) return;
        expect(energyWh).toBe(slowEnergy(definition, basis, amountMinor));
      }),
      { numRuns: 150 },
    );
  });
});
