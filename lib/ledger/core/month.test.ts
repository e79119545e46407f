import { describe, expect, it } from "vitest";
import { isMonth, monthsDownTo, nextMonth } from "./month";

describe("a month of the ledger", () => {
  it.each([
    ["2026-11", true],
    ["2026-00", false],
    ["2026-13", false],
    ["1999-12", false],
    ["2026-1", false],
    ["2026-11-01", false],
    ["٢٠٢٦-١١", false],
    ["", false],
  ])("%j is one: %j", (text, is) => expect(isMonth(text)).toBe(is));

  it.each([
    ["2026-01", "2026-02"],
    ["2026-12", "2027-01"],
  ])("after %s comes %s", (month, next) => expect(nextMonth(month)).toBe(next));

  it("are listed with the last first, over a turn of the year too", () => {
    const listed = monthsDownTo("2025-11", "2026-02", { most: 3 });
    expect(listed).toEqual(["2026-02", "2026-01", "2025-12"]);
    expect(monthsDownTo("2026-03", "2026-02", { most: 3 })).toEqual([]);
  });
});
