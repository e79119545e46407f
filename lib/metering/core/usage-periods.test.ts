import { expect, it } from "vitest";
import { lastPeriods, periodBefore, sinceKnown, usagePeriods } from "./usage-periods";

const AT = new Date("2026-03-03T06:00:00Z");
const used = (from: string, used: bigint, estimated = 0, knownDays: number | null = 1) => ({
  ...{ from, used, estimated, knownDays, basisAt: AT },
  measured: (knownDays ?? 1) - estimated,
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

it("reaches back as many years as asked, and draws none in grey beside them", () => {
  const span = lastPeriods("year", "2026-11-22", 5);
  expect(span).toEqual({ from: "2022-01-01", to: "2027-01-01" });
  expect(periodBefore("year", span)).toEqual({ from: "2022-01-01", to: "2022-01-01" });
});

const input = {
  span: { from: "2026-03-01", to: "2026-03-04" },
  today: "2026-03-03",
  since: "2026-01-01",
  bought: [{ from: "2026-03-02", energyWh: 5_000n, costMinor: 900n }],
  used: [used("2026-03-01", 1_000n), used("2026-03-03", 2_000n, 1)],
  seesMoney: true,
} as const;

it("says of a day without readings that nothing is known, and invents nothing", () => {
  const days = usagePeriods({ ...input, by: "day" });
  expect(days.map((day) => [day.used, day.isMeasured, day.missingDays])).toEqual([
    [1_000n, true, 0],
    [null, false, 1],
    [2_000n, false, 0],
  ]);
  expect(days.map(({ bought, costMinor }) => [bought, costMinor])).toEqual([
    [0n, 0n],
    [5_000n, 900n],
    [0n, 0n],
  ]);
});

it("misses no day before anybody could have read a meter", () => {
  const missing = (since: string | null) =>
    usagePeriods({ ...input, by: "day", used: [], since }).map((day) => day.missingDays);
  expect(missing("2026-03-02")).toEqual([0, 1, 0]);
  expect(missing("2026-04-01")).toEqual([0, 0, 0]);
  expect(missing(null)).toEqual([0, 0, 0]);
});

it("adds up a month, which is measured when all its days up to today are", () => {
  const month = (row: ReturnType<typeof used>) =>
    usagePeriods({
      ...input,
      by: "month",
      span: { from: "2026-03-01", to: "2026-04-01" },
      used: [row],
    })[0];
  const all = used("2026-03-01", 3_000n, 0, 2);
  expect(month(all)).toMatchObject({ isMeasured: true, missingDays: 0, measuredShare: 1_000 });
  const some = used("2026-03-01", 3_000n, 0, 1);
  expect(month(some)).toMatchObject({ isMeasured: false, missingDays: 1, basisAt: AT });
  expect(month({ ...all, measured: 1, estimated: 2 })).toMatchObject({ measuredShare: 333 });
});

it("tells no money to who never meets it", () => {
  const days = usagePeriods({ ...input, by: "day", seesMoney: false });
  expect(days.map(({ costMinor }) => costMinor)).toEqual([null, null, null]);
});

it("leaves out the years before anything was known, and keeps the last", () => {
  const years = usagePeriods({
    ...input,
    by: "year",
    span: lastPeriods("year", input.today, 3),
    used: [used("2025-01-01", 7_000n, 0, null)],
    bought: [],
  });
  expect(sinceKnown(years).map(({ from }) => from)).toEqual(["2025-01-01", "2026-01-01"]);
  expect(sinceKnown(years.slice(2)).map(({ from }) => from)).toEqual(["2026-01-01"]);
});
