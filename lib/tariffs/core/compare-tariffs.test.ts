import { expect, it } from "vitest";
import { parseDefinition } from "../shell/definition-form";
import { compareTariffs, isAboveReference } from "./compare-tariffs";

const tariff = (price: string, more: object = {}) => {
  const parsed = parseDefinition({
    pricesIncludeTax: true,
    tax: { code: "vat", percent: "0" },
    steps: [{ upToKwh: null, price }],
    ...more,
  });
  if (!parsed.ok) throw new Error(parsed.error.path);
  return parsed.value;
};
const charge = {
  code: "service",
  taxable: false,
  maxPercentOfPurchase: "10",
  whenUnpaid: "accumulate",
};
const compare = (own: ReturnType<typeof tariff>, reference = tariff("20")) =>
  compareTariffs({ own, reference, currency: "KES" });

it("compares what 50, 100, 200 and 400 kWh a month cost", () => {
  expect(compare(tariff("20.01")).map(({ ownMinor }) => ownMinor)).toEqual([
    100_050n,
    200_100n,
    400_200n,
    800_400n,
  ]);
});

it.each([
  ["the same price is not above", tariff("20"), false],
  ["a hair more is", tariff("20.0001"), true],
  [
    "a fixed charge counts whole, however little a purchase may give to it",
    tariff("15", {
      fixed: [{ ...charge, amount: "1000", per: "month" }],
    }),
    true,
  ],
  [
    "a charge by the day counts for thirty",
    tariff("19.9", {
      fixed: [{ ...charge, amount: "1", per: "day" }],
    }),
    true,
  ],
  [
    "the resident's fee counts",
    tariff("20", {
      fee: { percent: "1", fixed: "0", bearer: "resident" },
    }),
    true,
  ],
  [
    "the owner's does not",
    tariff("20", {
      fee: { percent: "1", fixed: "0", bearer: "owner" },
    }),
    false,
  ],
  ["arrears are no price", tariff("20", { arrears: { maxPercent: "100" } }), false],
  [
    "a dear step counts though the month before it is cheap",
    tariff("20", {
      steps: [
        { upToKwh: "300", price: "1" },
        { upToKwh: null, price: "99" },
      ],
    }),
    true,
  ],
] as const)("%s", (_name, own, isAbove) => {
  expect(isAboveReference(compare(own))).toBe(isAbove);
});
