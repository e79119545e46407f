import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Pricing, quoteFigures } from "./quote";

// 25 shillings a kWh, no tax: 2.5 cents a watt-hour.
const pricing: Pricing = {
  priceOf: (amountMinor) => {
    const energyWh = (amountMinor * 2n) / 5n;
    const energyMinor = (energyWh * 5n + 1n) / 2n;
    const unspentMinor = amountMinor - energyMinor;
    return { energyWh, energyMinor, taxMinor: 0n, includedTaxMinor: 0n, unspentMinor };
  },
  costOf: (energyWh) => (energyWh * 5n + 1n) / 2n,
};
const quote = (amountMinor: bigint, carriedWh = 0n) =>
  quoteFigures({ pricing, amountMinor, carriedWh });

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

  it("refuses more than 1,638.3 kWh and names the largest amount that is not too much", () => {
    const refused = quote(10_000_000n);
    expect(refused).toEqual({
      ok: false,
      error: { code: "energy-too-large", maximumMinor: 4_095_999n },
    });
    expect(quote(4_095_999n)).toMatchObject({ ok: true, value: { tokenUnits: 16_383n } });
    expect(quote(4_096_000n)).toMatchObject({ ok: false });
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
