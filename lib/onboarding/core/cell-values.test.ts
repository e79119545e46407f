import { describe, expect, it } from "vitest";
import {
  guardedCell,
  parseMeterCell,
  parseReadingCell,
  parseSheetDay,
  parseSheetTime,
  parseWhole,
  readingCell,
  unguardedCell,
} from "./cell-values";

describe("a day in a sheet", () => {
  it.each([
    ["2026-03-04", "2026-03-04"],
    ["2026/3/4", "2026-03-04"],
    ["31/03/2026", "2026-03-31"],
    ["3/31/2026", "2026-03-31"],
    ["31.03.2026", "2026-03-31"],
    ["05/05/2026", "2026-05-05"],
    ["46085", "2026-03-04"],
  ])("%s is read as %s", (typed, day) => {
    expect(parseSheetDay(typed, null)).toEqual({ ok: true, value: day });
  });

  it("whose day and month could change places is refused until somebody says which", () => {
    expect(parseSheetDay("03/04/2026", null)).toEqual({ ok: false, error: "ambiguous-day" });
    expect(parseSheetDay("03/04/2026", "day-first")).toEqual({ ok: true, value: "2026-04-03" });
    expect(parseSheetDay("03/04/2026", "month-first")).toEqual({ ok: true, value: "2026-03-04" });
    expect(parseSheetDay("31/03/2026", "month-first").ok).toBe(false);
  });

  it.each(["30/02/2026", "2026-13-01", "next week", "3/4/26", "", "1/2/3/4", "99999999"])(
    "%j is none",
    (typed) => expect(parseSheetDay(typed, null)).toEqual({ ok: false, error: "not-a-day" }),
  );

  it("may have a time", () => {
    expect(parseSheetTime("31/03/2026 7:05", null)).toEqual({
      ok: true,
      value: "2026-03-31T07:05",
    });
    expect(parseSheetTime("2026-03-31T14:30:59", null)).toMatchObject({
      value: "2026-03-31T14:30",
    });
    expect(parseSheetTime("2026-03-31", null)).toMatchObject({ value: "2026-03-31T00:00" });
    expect(parseSheetTime("2026-03-31 25:00", null).ok).toBe(false);
  });
});

describe("a meter number in a sheet", () => {
  it.each([
    ["01000451287", { code: "check-digit" }],
    ["12", { code: "not-a-meter" }],
    ["1.2345E+10", { code: "not-a-meter" }],
    ["ABC", { code: "not-a-meter" }],
  ])("%s is refused: %j", (typed, error) => {
    expect(parseMeterCell(typed)).toMatchObject({ ok: false, error });
  });

  it("that lost its zeros says which it was, and is not guessed", () => {
    const whole = [..."0123456789"].map((digit) => `0000045127${digit}`);
    const right = whole.find((number) => parseMeterCell(number).ok) ?? "";
    const lost = right.replace(/^0+/, "");
    expect(parseMeterCell(right)).toEqual({ ok: true, value: right });
    expect(parseMeterCell(lost)).toEqual({
      ok: false,
      error: { code: "zeros-lost", hint: right },
    });
  });
});

it.each([
  ["1204.5", 1_204_500n],
  ["1204,5", 1_204_500n],
  ["1 204", 1_204_000n],
  ["0", 0n],
])("%s on a meter is %s", (typed, value) => {
  expect(parseReadingCell(typed)).toEqual({ ok: true, value });
  expect(parseReadingCell(readingCell(value))).toEqual({ ok: true, value });
});

it.each(["-1", "1.2345", "1,204,500", "12 kWh", "1e9"])("%s is no reading", (typed) => {
  expect(parseReadingCell(typed).ok).toBe(false);
});

it("a floor is a whole number, as a spreadsheet may write it", () => {
  expect(parseWhole("-1")).toEqual({ ok: true, value: -1 });
  expect(parseWhole("2.0")).toEqual({ ok: true, value: 2 });
  expect(parseWhole("2.5").ok).toBe(false);
  expect(parseWhole("ground").ok).toBe(false);
});

it.each(["=1+1", "+254700000001", "-5", "@SUM(A1)", "\tx"])(
  "%j is text for a spreadsheet, and itself again when it comes back",
  (text) => {
    expect(guardedCell(text)).toBe(`'${text}`);
    expect(unguardedCell(guardedCell(text))).toBe(text);
  },
);

it("an apostrophe of a name stays", () => {
  expect(unguardedCell("'t Hooft")).toBe("'t Hooft");
  expect(guardedCell("O'Neill")).toBe("O'Neill");
});
