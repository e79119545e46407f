import { expect, test } from "vitest";
import { cursorOf, cursorText, readSalesQuery, salesHref } from "./sales-query";

const ID = "019ab000-0000-7000-8000-000000000001";
const NOTHING = {
  building: null,
  unit: null,
  state: null,
  from: null,
  to: null,
  receipt: null,
  after: null,
};

test("the address bar holds the choice, and nothing else counts", () => {
  const query = {
    building: ID,
    unit: "A-204",
    state: "waiting",
    from: "2026-11-01",
    to: "2026-11-02",
    receipt: "WA-000123",
    after: cursorText({ at: new Date(1_764_115_200_000), id: ID }),
  };
  const read = readSalesQuery({ ...query, other: "x" });
  expect(read).toEqual(query);
  const { searchParams } = new URL(salesHref("http://host/sales", read));
  expect(readSalesQuery(Object.fromEntries(searchParams))).toEqual(read);
});

test.each([
  { building: "another" },
  { state: "stolen" },
  { from: "2025-02-30" },
  { to: "yesterday" },
  { after: "1" },
  { after: `x~${ID}` },
  { unit: "  " },
  { receipt: ["a", "b"] },
])("what is no value of a choice is left out: %j", (given) => {
  expect(readSalesQuery(given)).toEqual(NOTHING);
});

test("a cursor is read as it was written", () => {
  const cursor = { at: new Date("2026-11-01T10:00:00.123Z"), id: ID };
  expect(cursorOf(cursorText(cursor))).toEqual(cursor);
});
