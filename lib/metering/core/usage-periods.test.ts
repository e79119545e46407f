import { expect, it } from "vitest";
import { lastPeriods, periodBefore, usagePeriods } from "./usage-periods";

const AT = new Date("2026-03-03T06:00:00Z");
const used = (day: string, used: bigint, isMeasured = true) => ({
  day,
  used,
  isMeasured,
  basisAt: AT,
});

it("reaches back as many days as asked, today with them, and the same before", () => {
  const span = lastPeriods("day", "2026-03-02", 3);
  expect(span).toEqual({ from: "2026-02-28", to: "2026-03-03" });
  expect(periodBefore("day", span)).toEqual({ from: "2026-02-25", to: "2026-02-28" });
});

it("reaches back as many months as asked, and to the same of the year before", () => {
  const span = lastPeriods("month", "2026-01-31", 3);
  expect(span).toEqual({ from: "2025-11-01", to: "2026-02-01" });
  expect(periodBefore("month", span)).toEqual({ from: "2024-11-01", to: "2025-02-01" });
});

const input = {
  span: { from: "2026-03-01", to: "2026-03-04" },
  today: "2026-03-03",
  bought: [{ day: "2026-03-02", energyWh: 5_000n, costMinor: 900n }],
  used: [used("2026-03-01", 1_000n), used("2026-03-03", 2_000n, false)],
  seesMoney: true,
} as const;

it("says of a day without readings that nothing is known, and invents nothing", () => {
  const days = usagePeriods({ ...input, by: "day" });
  expect(days.map((day) => [day.used, day.isMeasured, day.missingDays])).toEqual([
    [1_000n, true, 0],
    [null, false, 1],
    [2_000n, false, 0],
  ]);
  expect(days.map(({ boughtWh, costMinor }) => [boughtWh, costMinor])).toEqual([
    [0n, 0n],
    [5_000n, 900n],
    [0n, 0n],
  ]);
});

it("adds up a month, which is measured when all its days up to today are", () => {
  const [month, ...more] = usagePeriods({ ...input, by: "month" });
  expect(more).toEqual([]);
  expect(month).toMatchObject({ used: 3_000n, isMeasured: false, missingDays: 1, basisAt: AT });
  const all = [used("2026-03-01", 1n), used("2026-03-02", 2n)];
  expect(usagePeriods({ ...input, by: "month", used: all })[0]?.isMeasured).toBe(true);
});

it("tells no money to who never meets it", () => {
  const days = usagePeriods({ ...input, by: "day", seesMoney: false });
  expect(days.map(({ costMinor }) => costMinor)).toEqual([null, null, null]);
});
