import { describe, expect, it } from "vitest";
import { civilDayAt, dateOfCivilDay, startOfCivilDay } from "./civil-time";

describe("civil days of a building", () => {
  it.each([
    ["2026-11-22", "Africa/Nairobi", "2026-11-21T21:00:00.000Z"],
    ["2026-11-22", "UTC", "2026-11-22T00:00:00.000Z"],
    ["2026-07-01", "America/New_York", "2026-07-01T04:00:00.000Z"],
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
  ])("%s in %s begins at %s", (day, zone, start) => {
    expect(startOfCivilDay(day, zone).toISOString()).toBe(start);
    expect(civilDayAt(new Date(start), zone)).toBe(day);
  });

  it("ends a day one millisecond before the next begins", () => {
    const next = startOfCivilDay("2026-03-29", "Europe/Berlin");
    expect(civilDayAt(new Date(next.getTime() - 1), "Europe/Berlin")).toBe("2026-03-28");
  });

  it("refuses a day that does not exist", () => {
    expect(() => startOfCivilDay("2025-02-30", "Africa/Nairobi")).toThrow(RangeError);
  });

  it("hands a day to the database without moving it", () => {
    expect(dateOfCivilDay("2026-11-22").toISOString()).toBe("2026-11-22T00:00:00.000Z");
  });
});
