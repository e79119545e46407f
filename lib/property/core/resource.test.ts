import { expect, it } from "vitest";
import { parseReadNumber, parseResource } from "./resource";

it.each([
  ["  7 ntb/0042-9.1 ", "7 NTB/0042-9.1"],
  ["A", "A"],
  ["9".repeat(40), "9".repeat(40)],
])("the number %j is read as %j", (typed, number) => {
  expect(parseReadNumber(typed)).toBe(number);
});

it.each(["", "   ", "9".repeat(41), "-1", "7_4", "٣٤", "a\nb", "<b>"])(
  "%j is no number",
  (typed) => {
    expect(parseReadNumber(typed)).toBeNull();
  },
);

it("a meter counts electricity, water or gas, and nothing else", () => {
  expect(["electricity", "water", "gas", "heat", ""].map(parseResource)).toEqual([
    "electricity",
    "water",
    "gas",
    null,
    null,
  ]);
});
