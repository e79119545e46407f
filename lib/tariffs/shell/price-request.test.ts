import { describe, expect, it } from "vitest";
import { answerPriceRequest } from "./price-request";

const tariff = {
  currency: "KES",
  minorDigits: 2,
  pricesIncludeTax: false,
  tax: { code: "vat", percent: "16" },
  fee: { percent: "0", fixed: "0", bearer: "owner" },
  arrears: { maxPercent: "0" },
  fixed: [{ code: "standing", taxable: true, maxPercentOfPurchase: "100" }],
  steps: [
    { upToKwh: "50", price: "2.50" },
    { upToKwh: null, price: "13.68" },
  ],
  levies: [],
  energyTaxable: true,
};
const asked = (change: { readonly tariff?: object; readonly purchase?: object }) =>
  answerPriceRequest({
    tariff: { ...tariff, ...change.tariff },
    purchase: { amount: "500.00", ...change.purchase },
  });

it("answers with every amount as text", () => {
  expect(asked({ purchase: { amount: "29", fixedDue: { standing: "1.00" } } })).toEqual({
    ok: true,
    value: {
      energyWh: "9600",
      unspent: "0.00",
      lines: [
        { code: "fixed:standing", amount: "1.00" },
        { code: "tax", amount: "4.00" },
        { code: "energy", amount: "24.00" },
      ],
    },
  });
});

it.each([
  "0",
  "0.00",
  "-1",
  "1.234",
  "1e5",
  "",
  " 5",
  "5.",
  ".5",
  "1,000",
  "٥",
  5,
  null,
  undefined,
])("refuses %j as an amount", (amount) => {
  expect(asked({ purchase: { amount } })).toEqual({ ok: false, error: { code: "amount-invalid" } });
});

it("refuses what leaves nothing for energy, and takes no more than there is", () => {
  const error = { code: "amount-too-small" };
  expect(asked({ purchase: { amount: "1", fixedDue: { standing: "5" } } })).toEqual({
    ok: false,
    error,
  });
  const fee = { percent: "0", fixed: "7", bearer: "resident" };
  expect(asked({ tariff: { fee }, purchase: { amount: "7" } })).toEqual({ ok: false, error });
  expect(asked({ tariff: { fee }, purchase: { amount: "6.99" } })).toEqual({ ok: false, error });
});

const step = (upToKwh: string | null, price = "1") => ({ upToKwh, price });
describe("a tariff with a fault is refused with its path", () => {
  it.each([
    ["steps", { steps: [] }],
    ["steps", { steps: [...Array.from({ length: 200 }, (_, i) => step(`${i + 1}`)), step(null)] }],
    ["steps.0.upToKwh", { steps: [step("50")] }],
    ["steps.0.upToKwh", { steps: [step("0"), step(null)] }],
    ["steps.0.upToKwh", { steps: [step("0.0005"), step(null)] }],
    ["steps.0.upToKwh", { steps: [step(null), step(null)] }],
    ["steps.1.upToKwh", { steps: [step("50"), step("50"), step(null)] }],
    ["steps.1.upToKwh", { steps: [step("50"), step("20"), step(null)] }],
    ["steps.0.price", { steps: [step("50", "-1"), step(null)] }],
    ["steps.0.price", { steps: [step(null, "1".repeat(201))] }],
    ["steps.1.price", { steps: [step("50"), step(null, "0.00")] }],
    ["minorDigits", { minorDigits: 5 }],
    ["currency", { currency: "" }],
    ["tax.percent", { tax: { code: "vat", percent: "100.01" } }],
    ["tax.percent", { tax: { code: "vat", percent: 16 } }],
    ["fee.percent", { fee: { percent: "100", fixed: "0", bearer: "resident" } }],
    ["fee.bearer", { fee: { percent: "1", fixed: "0", bearer: "nobody" } }],
    ["arrears.maxPercent", { arrears: { maxPercent: "101" } }],
    ["levies.0.perKwh", { levies: [{ code: "a", taxable: true }] }],
    ["levies.0.percent", { levies: [{ code: "a", taxable: true, percentOf: "energy" }] }],
    ["levies.0.percentOf", { levies: [{ code: "a", taxable: true, percent: "5" }] }],
    [
      "levies.1.code",
      {
        levies: [
          { code: "a", taxable: true, perKwh: "1" },
          { code: "a", taxable: false, perKwh: "2" },
        ],
      },
    ],
    ["fixed.1.code", { fixed: [...tariff.fixed, ...tariff.fixed] }],
    ["fixed.0.per", { fixed: [{ ...tariff.fixed[0], amount: "5", whenUnpaid: "drop" }] }],
    ["fixed.0.whenUnpaid", { fixed: [{ ...tariff.fixed[0], whenUnpaid: "drop" }] }],
    ["surcharge", { surcharge: "1" }],
    ["tax.name", { tax: { code: "vat", percent: "16", name: "VAT" } }],
  ])("%s", (path, change) => {
    expect(asked({ tariff: change })).toEqual({
      ok: false,
      error: { code: "tariff-invalid", path },
    });
  });

  it("a last step costs something where a levy does", () => {
    const levies = [{ code: "grid", taxable: true, perKwh: "2" }];
    expect(asked({ tariff: { steps: [step(null, "0")], levies } }).ok).toBe(true);
  });
});

it("gives a free first step away whole, and never without end", () => {
  const steps = [step("30", "0"), step(null, "10")];
  const bought = asked({ tariff: { steps, pricesIncludeTax: true }, purchase: { amount: "0.01" } });
  expect(bought).toMatchObject({ value: { energyWh: "30001" } });
});

it.each([
  [{ purchase: { monthToDateWh: "-1" } }, "purchase.monthToDateWh"],
  [{ purchase: { arrears: "0.001" } }, "purchase.arrears"],
  [{ purchase: { fixedDue: { standing: "x" } } }, "purchase.fixedDue.standing"],
])("names what it cannot read of %j", (change, path) => {
  expect(asked(change)).toEqual({ ok: false, error: { code: "bad-request", path } });
});
