import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountForEnergy, ownerFee, priceOfAmount, type TariffDefinition } from "@/lib/tariffs";
import { type Basis, type Pricing, quoteFigures } from "./quote";

const decimal = (digits: bigint, scale = 0) => ({ digits, scale });
const NOTHING = decimal(0n);

// 25 shillings a kWh, no tax: 2.5 cents a watt-hour.
const FLAT: TariffDefinition = {
  pricesIncludeTax: false,
  tax: { code: "vat", percent: NOTHING },
  fee: { percent: NOTHING, fixed: NOTHING, bearer: "owner" },
  arrears: { maxPercent: decimal(30n) },
  fixed: [
    {
      code: "standing",
      taxable: false,
      maxPercentOfPurchase: decimal(100n),
      amount: decimal(150n),
      per: "month",
      whenUnpaid: "accumulate",
    },
  ],
  steps: [{ upToWh: null, price: decimal(25n) }],
  levies: [],
  energyTaxable: true,
};

const pricingBy = (definition: TariffDefinition): Pricing => {
  const by = { definition, currency: "KES" } as const;
  return {
    priceOf: (amountMinor, basis) => priceOfAmount({ ...by, amountMinor, basis }),
    costOf: (energyWh, basis) => amountForEnergy({ ...by, energyWh, basis }),
    ownerFeeOf: (amountMinor) => ownerFee({ ...by, amountMinor }),
  };
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
const quote = (amountMinor: bigint, carriedWh = 0n, basis: Partial<Basis> = {}) =>
  quoteFigures({
    pricing: pricingBy(FLAT),
    amountMinor,
    basis: { ...UNBURDENED, carriedWh, ...basis },
  });

describe("a quote", () => {
  it("gives whole steps of 0.1 kWh and carries the rest", () => {
    expect(quote(50_123n)).toMatchObject({
      ok: true,
      value: { energyWh: 20_049n, tokenUnits: 200n, carriedAfterWh: 49n },
    });
  });

  it("adds what was carried before", () => {
    expect(quote(50_000n, 99n)).toMatchObject({
      ok: true,
      value: { energyWh: 20_000n, tokenUnits: 200n, carriedAfterWh: 99n },
    });
    expect(quote(50_003n, 99n)).toMatchObject({
      ok: true,
      value: { tokenUnits: 201n, carriedAfterWh: 0n },
    });
  });

  it("refuses less than 0.1 kWh and names the smallest amount that is enough", () => {
    expect(quote(249n)).toEqual({
      ok: false,
      error: { code: "amount-too-small", minimumMinor: 250n },
    });
    expect(quote(250n)).toMatchObject({ ok: true, value: { tokenUnits: 1n } });
    expect(quote(99n, 60n)).toEqual({
      ok: false,
      error: { code: "amount-too-small", minimumMinor: 100n },
    });
  });

  it("refuses more than eight tokens say and names the largest amount that is not too much", () => {
    expect(quote(4_096_000n)).toMatchObject({ ok: true, value: { tokenUnits: 16_384n } });
    const refused = quote(100_000_000n);
    expect(refused).toEqual({
      ok: false,
      error: { code: "energy-too-large", maximumMinor: 32_766_249n },
    });
    expect(quote(32_766_249n)).toMatchObject({ ok: true, value: { tokenUnits: 131_064n } });
    expect(quote(32_766_250n)).toMatchObject({ ok: false });
  });

  it("spends what the wallet holds first, beside what is paid", () => {
    const made = quote(50_000n, 0n, { walletMinor: 250n });
    expect(made).toMatchObject({
      ok: true,
      value: { amountMinor: 50_000n, walletMinor: 250n, energyWh: 20_100n },
    });
    expect(quote(1n, 0n, { walletMinor: 249n })).toMatchObject({ ok: true });
    expect(quote(1n, 0n, { walletMinor: 200n })).toEqual({
      ok: false,
      error: { code: "amount-too-small", minimumMinor: 50n },
    });
  });

  it("takes a fixed charge and arrears once, and says what stays due", () => {
    const charges = [{ code: "standing", dueMinor: 15_000n, raisedOn: "2026-06-09" }];
    const made = quote(50_000n, 0n, { arrearsMinor: 100_000n, charges });
    expect(made).toMatchObject({
      ok: true,
      value: {
        lines: expect.arrayContaining([
          { code: "arrears", amountMinor: 15_000n },
          { code: "fixed:standing", amountMinor: 15_000n },
          { code: "energy", amountMinor: 20_000n },
        ]),
        charges: [{ code: "standing", dueMinor: 15_000n, afterMinor: 0n, raisedOn: "2026-06-09" }],
        arrearsBeforeMinor: 100_000n,
      },
    });
  });

  it("names the smallest amount also where charges come first", () => {
    const charges = [{ code: "standing", dueMinor: 15_000n, raisedOn: "2026-06-09" }];
    const refused = quote(15_000n, 0n, { charges });
    expect(refused).toEqual({
      ok: false,
      error: { code: "amount-too-small", minimumMinor: 15_250n },
    });
    expect(quote(15_249n, 0n, { charges })).toMatchObject({ ok: false });
    expect(quote(15_250n, 0n, { charges })).toMatchObject({ ok: true });
  });

  it("loses and gives away nothing over any run of purchases", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(250n, 100_000n), { maxLength: 20 }), (amounts) => {
        let carriedWh = 0n;
        let boughtWh = 0n;
        let tokensWh = 0n;
        for (const amountMinor of amounts) {
          const made = quote(amountMinor, carriedWh);
          if (!made.ok) throw new Error("every amount here is enough");
          boughtWh += made.value.energyWh;
          tokensWh += made.value.tokenUnits * 100n;
          carriedWh = made.value.carriedAfterWh;
        }
        expect(tokensWh + carriedWh).toBe(boughtWh);
      }),
    );
  });

  it("takes back more carried watt-hours than a step, and a debt of them, exactly", () => {
    expect(quote(250n, 250n)).toMatchObject({
      ok: true,
      value: { tokenUnits: 3n, carriedAfterWh: 50n },
    });
    expect(quote(500n, -80n)).toMatchObject({
      ok: true,
      value: { tokenUnits: 1n, carriedAfterWh: 20n },
    });
  });
});
