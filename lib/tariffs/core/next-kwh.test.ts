import { expect, it } from "vitest";
import { nextKwh } from "./next-kwh";
import type { TariffDefinition } from "./tariff-definition";

const two: TariffDefinition = {
  pricesIncludeTax: false,
  tax: { code: "vat", percent: { digits: 16n, scale: 0 } },
  fee: { percent: { digits: 0n, scale: 0 }, fixed: { digits: 0n, scale: 0 }, bearer: "owner" },
  arrears: { maxPercent: { digits: 0n, scale: 0 } },
  fixed: [],
  steps: [
    { upToWh: 50_000n, price: { digits: 250n, scale: 2 } },
    { upToWh: null, price: { digits: 1_368n, scale: 2 } },
  ],
  levies: [
    { code: "fuel", taxable: true, perKwh: { digits: 571n, scale: 2 } },
    { code: "rep", taxable: false, percentOf: "energy", percent: { digits: 5n, scale: 0 } },
  ],
  energyTaxable: true,
};

// (2.50 + 5.71) · 1.16 + 0.125 and (13.68 + 5.71) · 1.16 + 0.684.
it.each([
  [0n, 96_486n, 50_000n],
  [49_999n, 96_486n, 50_000n],
  [50_000n, 231_764n, null],
])("says what the next kWh costs after %s Wh, and how long", (monthToDateWh, digits, untilWh) => {
  for (const currency of ["KES", "UGX", "BHD"] as const) {
    const next = nextKwh({ definition: two, currency, monthToDateWh });
    expect(next).toEqual({ priceMajorPerKwh: { digits, scale: 4 }, untilWh });
  }
});
