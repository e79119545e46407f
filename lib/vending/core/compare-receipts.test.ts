import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountForEnergy, ownerFee, priceOfAmount, type TariffDefinition } from "@/lib/tariffs";
import { compareReceipts, type PriceTerms, type ReceiptTerms } from "./compare-receipts";
import { type Basis, type Pricing, purchaseBasis, quoteFigures } from "./quote";

const decimal = (digits: bigint, scale = 0) => ({ digits, scale });
const STANDING = {
  code: "standing",
  taxable: false,
  maxPercentOfPurchase: decimal(100n),
  amount: decimal(150n),
  per: "month",
  whenUnpaid: "accumulate",
} as const;

// 10 shillings a kWh up to 50 kWh of the month, then 20; no tax.
const STEPPED: TariffDefinition = {
  pricesIncludeTax: false,
  tax: { code: "vat", percent: decimal(0n) },
  fee: { percent: decimal(0n), fixed: decimal(0n), bearer: "resident" },
  arrears: { maxPercent: decimal(30n) },
  fixed: [STANDING],
  steps: [
    { upToWh: 50_000n, price: decimal(10n) },
    { upToWh: null, price: decimal(20n) },
  ],
  levies: [],
  energyTaxable: true,
};
const UNBURDENED: Basis = {
  carriedWh: 0n,
  walletMinor: 0n,
  month: "2026-06-01",
  monthBeforeWh: 0n,
  arrearsMinor: 0n,
  charges: [],
  until: new Date("2026-07-01T00:00:00Z"),
};
type Sale = {
  readonly amountMinor: bigint;
  readonly definition: TariffDefinition;
} & Partial<Basis>;

const pricingBy = (definition: TariffDefinition): Pricing => {
  const by = { definition, currency: "KES" } as const;
  return {
    priceOf: (amountMinor, basis) => priceOfAmount({ ...by, amountMinor, basis }),
    costOf: (energyWh, basis) => amountForEnergy({ ...by, energyWh, basis }),
    ownerFeeOf: (amountMinor) => ownerFee({ ...by, amountMinor }),
  };
};

/** Null for a sale that no token can be made of. */
function soldBy({ amountMinor, definition, ...basis }: Sale): ReceiptTerms | null {
  const stands = { ...UNBURDENED, ...basis };
  const made = quoteFigures({ pricing: pricingBy(definition), amountMinor, basis: stands });
  return made.ok ? { ...made.value, definition } : null;
}

function sold(sale: Partial<Sale>): ReceiptTerms {
  const terms = soldBy({ amountMinor: 10_000n, definition: STEPPED, ...sale });
  if (!terms) throw new Error("this sale makes a token");
  return terms;
}

function energyOf({ definition, amountMinor, walletMinor, ...rest }: PriceTerms): bigint {
  const { monthBeforeWh, arrearsBeforeMinor: arrearsMinor } = rest;
  const charges = rest.charges.map((charge) => ({ ...charge, raisedOn: "2026-06-01" }));
  const basis = purchaseBasis({ ...UNBURDENED, monthBeforeWh, arrearsMinor, charges });
  const paid = amountMinor + walletMinor;
  const price = priceOfAmount({ definition, currency: "KES", amountMinor: paid, basis });
  return price.ok ? price.value.energyWh : 0n;
}

const due = (dueMinor: bigint) => [{ code: "standing", dueMinor, raisedOn: "2026-06-01" }];
const dearer: TariffDefinition = {
  ...STEPPED,
  steps: [{ upToWh: null, price: decimal(20n) }],
};
const taxed = { ...STEPPED, tax: { code: "vat", percent: decimal(25n) } };
const withFee = { ...STEPPED, fee: { ...STEPPED.fee, fixed: decimal(10n) } };

describe("why a purchase gave fewer units than the one before", () => {
  it.each([
    ["amount", { amountMinor: 5_000n }, -5_000n],
    ["wallet", { walletMinor: 1_000n }, 1_000n],
    ["month", { monthBeforeWh: 50_000n }, -5_000n],
    ["prices", { definition: dearer }, -5_000n],
    ["tax", { definition: taxed }, -2_000n],
    ["fee", { definition: withFee }, -1_000n],
    ["fixed", { charges: due(2_000n) }, -2_000n],
    ["arrears", { arrearsMinor: 9_000n }, -3_000n],
    ["carried", { carriedWh: 300n }, 300n],
  ] as const)("names %s alone where nothing else differs", (reason, later, energyWh) => {
    expect(compareReceipts(sold({}), sold(later), energyOf)).toEqual({
      thenWh: 10_000n,
      nowWh: 10_000n + energyWh,
      differences: [{ reason, energyWh }],
      main: reason,
    });
  });

  it("has no reason where both are the same", () => {
    const same = { thenWh: 10_000n, nowWh: 10_000n, differences: [], main: null };
    expect(compareReceipts(sold({}), sold({}), energyOf)).toEqual(same);
  });

  it("names the heaviest of several, in the direction of the whole", () => {
    const later = sold({ amountMinor: 12_000n, monthBeforeWh: 50_000n, charges: due(2_000n) });
    const compared = compareReceipts(sold({}), later, energyOf);
    expect(compared.differences).toEqual([
      { reason: "amount", energyWh: 2_000n },
      { reason: "month", energyWh: -6_000n },
      { reason: "fixed", energyWh: -1_000n },
    ]);
    expect(compared.main).toBe("month");
    expect(compareReceipts(later, sold({}), energyOf).nowWh).toBe(10_000n);
  });

  it("owns up to what today's arithmetic cannot tell", () => {
    const odd = { ...sold({}), energyWh: 9_000n, carriedAfterWh: 0n };
    expect(compareReceipts(sold({}), odd, energyOf)).toMatchObject({
      differences: [{ reason: "rest", energyWh: -1_000n }],
      main: "rest",
    });
  });

  const percent = fc.bigInt(0n, 30n).map((digits) => decimal(digits));
  const definitions = fc
    .record({
      tax: percent,
      fee: percent,
      share: percent,
      first: fc.bigInt(1n, 60n),
      second: fc.bigInt(1n, 60n),
      upToWh: fc.bigInt(1n, 90_000n),
      isInside: fc.boolean(),
    })
    .map(
      ({ tax, fee, share, first, second, upToWh, isInside }): TariffDefinition => ({
        ...STEPPED,
        pricesIncludeTax: isInside,
        tax: { code: "vat", percent: tax },
        fee: { percent: fee, fixed: decimal(0n), bearer: "resident" },
        arrears: { maxPercent: share },
        steps: [
          { upToWh, price: decimal(first) },
          { upToWh: null, price: decimal(second) },
        ],
      }),
    );
  const sales = fc
    .record({
      amountMinor: fc.bigInt(1_000n, 500_000n),
      definition: definitions,
      walletMinor: fc.bigInt(0n, 10_000n),
      monthBeforeWh: fc.bigInt(0n, 100_000n),
      arrearsMinor: fc.bigInt(0n, 100_000n),
      carriedWh: fc.bigInt(0n, 99n),
      charges: fc.bigInt(0n, 50_000n).map(due),
    })
    .map(soldBy);

  it("explains the whole difference, whatever changed: the reasons add up to it", () => {
    fc.assert(
      fc.property(sales, sales, (then, now) => {
        if (!then || !now) return;
        const { thenWh, nowWh, differences, main } = compareReceipts(then, now, energyOf);
        const explained = differences.reduce((sum, { energyWh }) => sum + energyWh, 0n);
        expect(explained).toBe(nowWh - thenWh);
        expect([thenWh % 100n, nowWh % 100n]).toEqual([0n, 0n]);
        expect(differences.some(({ reason }) => reason === "rest")).toBe(false);
        expect(main === null).toBe(nowWh === thenWh);
      }),
    );
  });
});
