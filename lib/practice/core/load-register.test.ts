import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeLoad, countDown, type LoadRegister, runsOutAt } from "./load-register";

const START = new Date("2026-02-01T09:00:00Z");
const afterMs = (milliseconds: number) => new Date(START.getTime() + milliseconds);
const HOUR_MS = 3_600_000;
const register = (change: Partial<LoadRegister> = {}): LoadRegister => ({
  remainingWh: 10_000n,
  loadWatt: 2_000,
  isLoadOn: true,
  countedAt: START,
  ...change,
});

describe("a meter's register", () => {
  it.each([
    ["an hour of 2 kW", register(), HOUR_MS, 8_000n],
    ["less than a watt-hour", register(), 1_799, 10_000n],
    ["exactly a watt-hour", register(), 1_800, 9_999n],
    ["until it is empty", register(), 5 * HOUR_MS, 0n],
    ["long after", register(), 500 * HOUR_MS, 0n],
    ["with the load off", register({ isLoadOn: false }), HOUR_MS, 10_000n],
    ["with no load", register({ loadWatt: 0 }), HOUR_MS, 10_000n],
    ["with a clock that stepped back", register(), -HOUR_MS, 10_000n],
  ])("counts down %s", (_what, before, milliseconds, remainingWh) => {
    expect(countDown(before, afterMs(milliseconds)).remainingWh).toBe(remainingWh);
  });

  it("owes nothing for the time it was cut off", () => {
    const empty = countDown(register(), afterMs(100 * HOUR_MS));
    const credited = { ...empty, remainingWh: 2_000n };
    expect(countDown(credited, afterMs(101 * HOUR_MS - 1)).remainingWh).toBe(1n);
  });

  const loads = fc.integer({ min: 1, max: 20_000 });
  const steps = fc.array(fc.integer({ min: 0, max: HOUR_MS }), { maxLength: 50 });

  it("counted often takes what counting once takes, or a watt-hour less", () => {
    fc.assert(
      fc.property(loads, steps, (loadWatt, pauses) => {
        const start = register({ loadWatt, remainingWh: 10_000_000n });
        let often = start;
        let elapsedMs = 0;
        for (const pause of pauses) {
          elapsedMs += pause;
          often = countDown(often, afterMs(elapsedMs));
        }
        const once = countDown(start, afterMs(elapsedMs));
        const forgivenWh = often.remainingWh - once.remainingWh;
        expect(forgivenWh).toBeGreaterThanOrEqual(0n);
        expect(forgivenWh).toBeLessThanOrEqual(1n);
      }),
    );
  });

  it("is never negative, and never rises by itself", () => {
    const energy = fc.bigInt(0n, 99_999_900n);
    fc.assert(
      fc.property(energy, loads, fc.nat(), (remainingWh, loadWatt, milliseconds) => {
        const counted = countDown(register({ remainingWh, loadWatt }), afterMs(milliseconds));
        expect(counted.remainingWh).toBeGreaterThanOrEqual(0n);
        expect(counted.remainingWh).toBeLessThanOrEqual(remainingWh);
        expect(counted.countedAt.getTime()).toBeLessThanOrEqual(afterMs(milliseconds).getTime());
      }),
    );
  });

  it("says when it will run out, and does then and not before", () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 1_000_000n), loads, (remainingWh, loadWatt) => {
        const start = register({ remainingWh, loadWatt });
        const end = runsOutAt(start);
        if (end === null) throw new Error("a load that draws runs out");
        expect(countDown(start, end).remainingWh).toBe(0n);
        const before = new Date(end.getTime() - 1);
        expect(countDown(start, before).remainingWh).toBeGreaterThan(0n);
      }),
    );
  });

  it.each<[string, Partial<LoadRegister>]>([
    ["the load off", { isLoadOn: false }],
    ["no load", { loadWatt: 0 }],
    ["nothing left", { remainingWh: 0n }],
  ])("does not say when with %s", (_what, change) => {
    expect(runsOutAt(register(change))).toBeNull();
  });

  it("counts the old load up to a change and the new one from it", () => {
    const changed = changeLoad(register(), { isLoadOn: true, loadWatt: 500 }, afterMs(HOUR_MS));
    expect(changed).toEqual(
      register({ remainingWh: 8_000n, loadWatt: 500, countedAt: afterMs(HOUR_MS) }),
    );
    expect(countDown(changed, afterMs(2 * HOUR_MS)).remainingWh).toBe(7_500n);
  });

  it("forgives nothing to who says the same load again and again", () => {
    let often = register();
    for (let elapsedMs = 0; elapsedMs <= HOUR_MS; elapsedMs += 900) {
      often = changeLoad(often, { isLoadOn: true, loadWatt: 2_000 }, afterMs(elapsedMs));
    }
    expect(often.remainingWh).toBe(8_000n);
  });
});
