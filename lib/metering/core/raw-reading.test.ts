import { expect, it } from "vitest";
import { parseRawReading, parseWrittenTime } from "./raw-reading";

const ROW = {
  ...{ meter: "0100 0000 017", quantity: "register", at: "2026-11-03 14:05", value: "1204.5" },
};

it("reads a number with blanks, a decimal exactly, and a time of wherever the meter stands", () => {
  expect(parseRawReading(ROW)).toEqual({
    ok: true,
    value: {
      meterNumber: "01000000017",
      quantity: "register",
      time: { kind: "civil", text: "2026-11-03T14:05" },
      value: 1_204_500n,
    },
  });
  const named = parseRawReading({ ...ROW, meter: " w-12  b ", quantity: "Credit left" });
  expect(named).toMatchObject({ value: { meterNumber: "W-12 B", quantity: "remaining" } });
});

it.each([
  ["no-meter", { meter: "  " }],
  ["not-a-quantity", { quantity: "litres" }],
  ["not-a-time", { at: "03/11/2026" }],
  ["not-a-time", { at: "2026-11-03" }],
  ["not-a-time", { at: "2026-02-30 10:00" }],
  ["not-a-value", { value: "-1" }],
  ["not-a-value", { value: "1e3" }],
  ["not-a-value", { value: "1.2345" }],
  ["not-a-value", { value: "=A1" }],
  ["not-a-value", { value: "" }],
])("refuses as %s what says nothing: %o", (fault, change) => {
  expect(parseRawReading({ ...ROW, ...change })).toEqual({ ok: false, error: fault });
});

it("takes an offset at its word, in every form that machines write", () => {
  for (const at of ["2026-11-03T14:05:00+03:00", "2026-11-03 14:05+0300", "2026-11-03T11:05Z"]) {
    expect(parseWrittenTime(at)).toEqual({ kind: "instant", at: new Date("2026-11-03T11:05Z") });
  }
});
