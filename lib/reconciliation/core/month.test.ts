import { expect, it } from "vitest";
import { firstDayOf, monthAfter, monthBefore, monthsBefore, parseMonth } from "./month";

it.each(["2026-10", "2000-01", "2099-12"])("reads %s as a month", (typed) => {
  expect(parseMonth(typed)).toEqual({ ok: true, value: typed });
});

it.each([
  "",
  "2026",
  "2026-13",
  "2026-00",
  "2026-1",
  "1999-12",
  "2026-10-01",
  "x",
  "2026-10 ",
  "٢٠٢٦-١٠",
])("refuses %j", (typed) => {
  expect(parseMonth(typed)).toEqual({ ok: false, error: "not-a-month" });
});

it("knows its neighbours and its first day", () => {
  expect(monthAfter("2026-12")).toBe("2027-01");
  expect(monthBefore("2026-01")).toBe("2025-12");
  expect(monthsBefore("2026-02", 5)).toBe("2025-09");
  expect(firstDayOf("2026-02")).toBe("2026-02-01");
});
