import { expect, test } from "vitest";
import { filterOf, hrefWith, readAuditQuery } from "./audit-query";

const ID = "019ab000-0000-7000-8000-000000000001";
const nothing = { who: null, action: null, from: null, to: null, before: null };

test("the address bar holds the search, and nothing else counts", () => {
  const query = { who: ID, action: "meter.blocked", from: "2026-11-01", to: "2026-11-02" };
  const read = readAuditQuery({ ...query, other: "x" });
  expect(read).toEqual({ ...query, before: null });
  expect(readAuditQuery(Object.fromEntries(new URLSearchParams(hrefWith("", read))))).toEqual(read);
  expect(readAuditQuery({ who: "system" }).who).toBe("system");
});

test.each([
  { who: "nobody" },
  { who: [ID, ID] },
  { action: "drop table" },
  { from: "2025-02-30" },
  { to: "yesterday" },
  { before: "1" },
  { from: "" },
])("what is no value of a search is left out: %j", (given) => {
  expect(readAuditQuery(given)).toEqual(nothing);
});

test("days are whole days of the zone, the last one included", () => {
  const days = { ...nothing, from: "2026-11-01", to: "2026-11-01" };
  expect(filterOf(days, "Africa/Nairobi")).toMatchObject({
    from: new Date("2026-10-31T21:00:00Z"),
    until: new Date("2026-11-01T21:00:00Z"),
  });
});
