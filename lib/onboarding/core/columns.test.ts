import { expect, it } from "vitest";
import { COLUMNS, columnLetters, findHeadingRow, proposeMapping } from "./columns";

it("knows headings by what people call them, whatever their case and punctuation", () => {
  expect(
    proposeMapping(["Property", "FLAT NO.", "Meter no.", "Tenant", "e-mail", "Notes"]),
  ).toEqual(["building", "unit", "meter", "resident", "email", null]);
});

it("takes a heading that comes twice once", () => {
  expect(proposeMapping(["Unit", "Flat"])).toEqual(["unit", null]);
});

it("has no word that means two columns", () => {
  const words = COLUMNS.flatMap(({ words: all }) => all.map((word) => word.toLowerCase()));
  expect(new Set(words).size).toBe(words.length);
});

it("finds the headings below a title and groups of columns", () => {
  expect(
    findHeadingRow([["Our houses"], ["Place", "", "Meter"], ["Building", "Unit", "Meter"]]),
  ).toBe(2);
  expect(
    findHeadingRow([
      ["a", "b"],
      ["c", "d"],
    ]),
  ).toBe(0);
});

it.each([
  [0, "A"],
  [25, "Z"],
  [26, "AA"],
  [701, "ZZ"],
  [702, "AAA"],
])("names column %i %s", (place, letters) => {
  expect(columnLetters(place)).toBe(letters);
});
