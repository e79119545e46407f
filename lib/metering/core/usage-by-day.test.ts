import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spansOf, usageBetween } from "./usage-between";
import { type CivilDay, usageByDay } from "./usage-by-day";

const at = (text: string) => new Date(`${text}Z`);
const day = (name: string, from: string, to: string): CivilDay => ({
  day: name,
  from: at(from),
  to: at(to),
});
const utcDays = (count: number): CivilDay[] =>
  Array.from({ length: count }, (_, index) => {
    const from = new Date(Date.UTC(2026, 0, 1 + index));
    const to = new Date(Date.UTC(2026, 0, 2 + index));
    return { day: from.toISOString().slice(0, 10), from, to };
  });

describe("use between two readings", () => {
  const before = { at: at("2026-01-01T00:00"), value: 10_000n };
  const bought = [
    { at: at("2026-01-01T00:00"), energyWh: 900_000n },
    { at: at("2026-01-01T12:00"), energyWh: 30_000n },
    { at: at("2026-01-02T00:00"), energyWh: 5_000n },
  ];
  it.each([
    ["register", 12_500n, 2_500n],
    ["register", 10_000n, 0n],
    ["register", 9_999n, "lower-than-before"],
    ["remaining", 4_000n, 41_000n],
    ["remaining", 45_000n, 0n],
    ["remaining", 45_001n, "more-than-bought"],
  ] as const)("of %s to %s Wh is %s", (quantity, value, expected) => {
    const after = { at: at("2026-01-02T00:00"), value };
    const used = usageBetween(before, after, { quantity, bought });
    expect(used.ok ? used.value : used.error).toBe(expected);
  });
});

describe("use by civil day", () => {
  it("gives a day of 23 hours and one of 25 their share by time", () => {
    const spring = [
      day("2026-03-28", "2026-03-27T23:00", "2026-03-28T23:00"),
      day("2026-03-29", "2026-03-28T23:00", "2026-03-29T22:00"),
    ];
    const span = { from: at("2026-03-27T23:00"), to: at("2026-03-29T22:00"), used: 4_700n };
    expect(usageByDay([span], spring).map(({ used }) => used)).toEqual([2_400n, 2_300n]);
    const autumn = [day("2026-10-25", "2026-10-24T22:00", "2026-10-25T23:00")];
    const long = { from: at("2026-10-24T22:00"), to: at("2026-10-26T00:00"), used: 2_600n };
    expect(usageByDay([long], autumn)).toEqual([
      { day: "2026-10-25", used: 2_500n, isMeasured: true, basisAt: long.to },
    ]);
  });

  it("calls a day measured when readings cover it and stand close", () => {
    const days = utcDays(8);
    const near = { from: at("2026-01-01T00:00"), to: at("2026-01-02T12:00"), used: 3_600n };
    const far = { from: at("2026-01-02T12:00"), to: at("2026-01-06T12:00"), used: 9_600n };
    const use = usageByDay([near, far], days);
    expect(use.map(({ used, isMeasured }) => [used, isMeasured])).toEqual([
      [2_400n, true],
      [2_400n, false],
      [2_400n, false],
      [2_400n, false],
      [2_400n, false],
      [1_200n, false],
    ]);
    expect(use.at(-1)?.basisAt).toEqual(far.to);
  });

  it("leaves a gap where readings contradict each other", () => {
    const readings = [
      { at: at("2026-01-01T00:00"), value: 1_000n },
      { at: at("2026-01-02T00:00"), value: 2_000n },
      { at: at("2026-01-03T00:00"), value: 1_500n },
      { at: at("2026-01-04T00:00"), value: 1_800n },
    ];
    const spans = spansOf(readings, { quantity: "register", bought: [] });
    expect(usageByDay(spans, utcDays(3)).map(({ day: name, used }) => [name, used])).toEqual([
      ["2026-01-01", 1_000n],
      ["2026-01-03", 300n],
    ]);
  });

  it("says nothing without two readings", () => {
    const one = [{ at: at("2026-01-01T00:00"), value: 1n }];
    expect(usageByDay(spansOf(one, { quantity: "register", bought: [] }), utcDays(2))).toEqual([]);
  });

  it("adds up to what the register counted, to the watt-hour, whenever it was read", () => {
    const steps = fc.array(
      fc.record({
        gapMs: fc.integer({ min: 1, max: 3 * 86_400_000 }),
        used: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      }),
      { minLength: 1, maxLength: 9 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        let atMs = Date.UTC(2026, 0, 1);
        let value = 0n;
        const readings = [{ at: new Date(atMs), value }];
        for (const step of list) {
          atMs += step.gapMs;
          value += step.used;
          readings.push({ at: new Date(atMs), value });
        }
        const spans = spansOf(readings, { quantity: "register", bought: [] });
        const use = usageByDay(spans, utcDays(40));
        expect(use.reduce((sum, { used }) => sum + used, 0n)).toBe(value);
        expect(use.every(({ used }) => used >= 0n)).toBe(true);
      }),
    );
  });
});

it("makes one span of two where a token was typed in late, and nothing is used twice", () => {
  const day = (number: number, value: bigint) => ({
    at: new Date(Date.UTC(2026, 2, number)),
    value,
  });
  const bought = [{ at: new Date(Date.UTC(2026, 2, 1, 12)), energyWh: 20_000n }];
  const readings = [day(1, 10_000n), day(2, 6_000n), day(3, 22_000n), day(4, 18_000n)];
  const spans = spansOf(readings, { quantity: "remaining", bought });
  expect(spans.map(({ from, to, used }) => [from.getUTCDate(), to.getUTCDate(), used])).toEqual([
    [1, 3, 8_000n],
    [3, 4, 4_000n],
  ]);
});
