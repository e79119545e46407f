import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError } from "@/lib/kernel";
import { type Estimate, estimateRemaining, type TopUp } from "./estimate-remaining";
import { lightOf } from "./light-of";

const START = Date.UTC(2026, 0, 1);
const day = (days: number) => new Date(START + days * 86_400_000);
const topUp = (days: number, energyWh: bigint): TopUp => ({ at: day(days), energyWh });
const estimateOn = (days: number, ...purchases: TopUp[]) =>
  estimateRemaining({ purchases, now: day(days) });
const UNKNOWN: Estimate = { basis: "unknown" };

describe("what a one-way meter still holds", () => {
  it.each<[string, Estimate, Estimate]>([
    ["no purchase", estimateOn(10), UNKNOWN],
    ["one purchase", estimateOn(10, topUp(0, 10_000n)), UNKNOWN],
    ["two within a day", estimateOn(10, topUp(0, 10_000n), topUp(0.9, 10_000n)), UNKNOWN],
    [
      "two of which one is older than 60 days",
      estimateOn(61, topUp(0, 1n), topUp(30, 1n)),
      UNKNOWN,
    ],
    ["two of which one is yet to come", estimateOn(10, topUp(0, 1n), topUp(11, 1n)), UNKNOWN],
  ])("is unknown from %s", (_from, estimate, expected) => {
    expect(estimate).toEqual(expected);
  });

  it.each([
    ["at the last purchase", 10, 30_000n, 30],
    ["while it lasts", 20, 20_000n, 20],
    ["on its last day", 39.5, 500n, 0],
    ["when it has run out", 40, 0n, 0],
    ["long after", 55, 0n, 0],
  ])("is what was bought less 1 kWh a day, %s", (_when, days, remainingWh, daysLeft) => {
    expect(estimateOn(days, topUp(0, 10_000n), topUp(10, 30_000n))).toEqual({
      basis: "estimated",
      basisAt: null,
      remainingWh,
      dailyUseWh: 1_000n,
      daysLeft,
    });
  });

  it("does not let an empty meter owe for the days it was dark", () => {
    // 12 kWh in 12 days: the first kilowatt-hour is gone after a day, nine dark days follow.
    const estimate = estimateOn(12, topUp(0, 1_000n), topUp(10, 11_000n), topUp(12, 5_000n));
    expect(estimate).toMatchObject({ remainingWh: 14_000n, dailyUseWh: 1_000n });
  });

  it("counts only the last 60 days", () => {
    const old = topUp(0, 900_000n);
    const recent = [topUp(70, 10_000n), topUp(80, 10_000n)];
    expect(estimateOn(85, old, ...recent)).toEqual(estimateOn(85, ...recent));
  });

  it("refuses purchases in another order", () => {
    const wrong = () => estimateOn(20, topUp(10, 1n), topUp(5, 1n), topUp(15, 1n));
    expect(wrong).toThrow(InvariantError);
  });

  const purchases = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 80 * 24 }), fc.bigInt(1n, 1_638_300n)), {
      minLength: 1,
      maxLength: 30,
    })
    .map((rows) =>
      rows
        .toSorted(([left], [right]) => left - right)
        .map(([hours, energyWh]) => topUp(hours / 24, energyWh)),
    );

  it("is never negative, and never more than was bought", () => {
    fc.assert(
      fc.property(purchases, (bought) => {
        const estimate = estimateRemaining({ purchases: bought, now: day(85) });
        if (estimate.basis === "unknown") return;
        const totalWh = bought.reduce((sum, { energyWh }) => sum + energyWh, 0n);
        expect(estimate.remainingWh).toBeGreaterThanOrEqual(0n);
        expect(estimate.remainingWh).toBeLessThanOrEqual(totalWh);
        expect(estimate.dailyUseWh).toBeGreaterThan(0n);
        expect(estimate.daysLeft).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("never falls when more is bought the last time", () => {
    fc.assert(
      fc.property(purchases, fc.bigInt(0n, 1_000_000n), (bought, extraWh) => {
        const newest = bought.at(-1);
        fc.pre(newest !== undefined);
        const more = { ...newest, energyWh: newest.energyWh + extraWh };
        const now = day(85);
        const before = estimateRemaining({ purchases: bought, now });
        const after = estimateRemaining({ purchases: [...bought.slice(0, -1), more], now });
        expect(after.basis).toBe(before.basis);
        if (before.basis === "unknown" || after.basis === "unknown") return;
        expect(after.remainingWh).toBeGreaterThanOrEqual(before.remainingWh);
      }),
    );
  });

  it("never rises while nothing is bought and the same purchases count", () => {
    fc.assert(
      fc.property(fc.double({ min: 10, max: 59, noNaN: true }), (days) => {
        const bought = [topUp(0, 7_300n), topUp(4, 2_900n), topUp(10, 30_000n)] as const;
        const before = estimateOn(days, ...bought);
        const after = estimateOn(days + 1, ...bought);
        if (before.basis === "unknown" || after.basis === "unknown") throw new Error("known");
        expect(after.remainingWh).toBeLessThanOrEqual(before.remainingWh);
      }),
    );
  });
});

describe("a unit's light", () => {
  const holds = (remainingWh: bigint): Estimate => ({
    basis: "estimated",
    basisAt: null,
    remainingWh,
    dailyUseWh: 1_000n,
    daysLeft: Number(remainingWh / 1_000n),
  });

  it.each<[string, boolean, Estimate]>([
    ["bright", false, holds(7_001n)],
    ["dim", false, holds(7_000n)],
    ["dim", false, holds(1n)],
    ["dark", false, holds(0n)],
    ["unknown", false, UNKNOWN],
    ["vacant", true, holds(7_001n)],
    ["vacant", true, UNKNOWN],
  ])("is %s", (light, isVacant, estimate) => {
    expect(lightOf({ isVacant, estimate })).toBe(light);
  });
});
