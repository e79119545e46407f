import { expect, it } from "vitest";
import { dayAfter, dayBefore, parseCivilDay } from "./civil-day";

it.each(["2026-11-22", "2024-02-29", "1970-01-01", "2199-12-31", " 2026-11-22 "])(
  "takes %s as a day",
  (typed) => {
    expect(parseCivilDay(typed)).toEqual({ ok: true, value: typed.trim() });
  },
);

it.each([
  "",
  "today",
  "2026-02-29",
  "2026-02-30",
  "2026-13-01",
  "2026-00-10",
  "2026-04-31",
  "26-04-01",
  "2026-4-1",
  "22.11.2026",
  "0001-01-01",
  "9999-12-31",
  "20266-01-01",
  "2026-11-22T00:00",
  "２０２６-11-22",
  "2026-11-22\n2026-11-23",
  "9".repeat(10_000),
])("refuses %j", (typed) => {
  expect(parseCivilDay(typed)).toEqual({ ok: false, error: "not-a-day" });
});

it.each([
  ["2026-11-30", "2026-12-01"],
  ["2026-12-31", "2027-01-01"],
  ["2024-02-28", "2024-02-29"],
  ["2026-03-28", "2026-03-29"],
])("counts from %s to %s and back", (day, next) => {
  expect(dayAfter(day)).toBe(next);
  expect(dayBefore(next)).toBe(day);
});
