import { expect, test } from "vitest";
import { metersHref, readMeterQuery } from "./meters-query";

const ALL = { proof: null, isArchived: false, number: "", after: null };

test("a choice of meters is read from the address bar and written back", () => {
  const after = { proof: "read", meterNumber: "07123456788" } as const;
  const query = { proof: "claimed", isArchived: false, number: "0712", after } as const;
  const href = metersHref("/o/acacia/meters", query);
  expect(href).toBe("/o/acacia/meters?state=claimed&q=0712&after=read%7E07123456788");
  expect(
    readMeterQuery(Object.fromEntries(new URL(href, "http://localhost").searchParams)),
  ).toEqual(query);
  expect(metersHref("/o/acacia/meters", ALL)).toBe("/o/acacia/meters");
});

test("a number may be typed as it is printed, in groups", () => {
  expect(readMeterQuery({ q: " 0712 3456-788 " }).number).toBe("07123456788");
});

test("what is no such value is left out", () => {
  const odd = { state: "read", q: ["1", "2"], after: "verified~12' OR 1" };
  expect(readMeterQuery(odd)).toEqual(ALL);
  expect(readMeterQuery({ state: "sold", q: "%", after: "x~07123456788" })).toEqual(ALL);
});

test("a list goes on after a meter that is only read, whatever its number looks like", () => {
  for (const meterNumber of ["W-17", "G 4/2.B", "07123456788", "9"]) {
    const query = { ...ALL, after: { proof: "read", meterNumber } } as const;
    const { searchParams } = new URL(metersHref("/o/acacia/meters", query), "http://localhost");
    expect(readMeterQuery(Object.fromEntries(searchParams))).toEqual(query);
  }
});

test("only a meter that is read has a number of another form", () => {
  const odd = [
    "claimed~W-17",
    "read~",
    "read",
    "read~w-17",
    "read~W\u0000",
    `read~${"9".repeat(41)}`,
  ];
  for (const after of odd) expect(readMeterQuery({ after })).toEqual(ALL);
});
