import { expect, test } from "vitest";
import type { UnitNow } from "../../building-now";
import { chooseUnits, pageOfUnits, readUnitChoice, runsOutSoon, searchOf } from "./unit-choice";

const unit = (
  label: string,
  floor: number,
  light: UnitNow["light"],
  daysLeft: number,
): UnitNow => ({
  id: label,
  label,
  floor,
  position: 1,
  meterId: null,
  meterNumber: null,
  kind: "flat",
  residentName: label === "A-10" ? "סופיה כהן" : null,
  isVacant: false,
  bedCount: 0,
  bedsTaken: 0,
  estimate: {
    basis: "estimated",
    basisAt: null,
    remainingWh: 1n,
    dailyUseWh: 1n,
    daysLeft,
  },
  light,
  need: null,
  last: null,
});
const UNITS = [unit("A-10", 1, "dim", 5), unit("A-9", 0, "bright", 20), unit("A-2", 0, "dim", 2)];
const shown = (asked: Readonly<Record<string, string>>) =>
  chooseUnits(UNITS, readUnitChoice(asked)).map(({ label }) => label);

test("the list shows what is chosen, in the order asked for", () => {
  expect(shown({})).toEqual(["A-10", "A-9", "A-2"]);
  expect(shown({ floor: "0" })).toEqual(["A-9", "A-2"]);
  expect(shown({ light: "dim", sort: "runs-out" })).toEqual(["A-2", "A-10"]);
  expect(shown({ sort: "label" })).toEqual(["A-2", "A-9", "A-10"]);
  expect(shown({ q: "סופיה" })).toEqual(["A-10"]);
  expect(shown({ light: "green", floor: "x", sort: "price" })).toEqual(["A-10", "A-9", "A-2"]);
});

test("the address bar keeps a choice", () => {
  const choice = readUnitChoice({ q: "A", floor: "-1", light: "dark", sort: "label" });
  expect(readUnitChoice(Object.fromEntries(new URLSearchParams(searchOf(choice))))).toEqual(choice);
  expect(searchOf(readUnitChoice({}))).toBe("");
});

test("who runs out this week stands with the soonest first", () => {
  expect(runsOutSoon(UNITS).map(({ label }) => label)).toEqual(["A-2", "A-10"]);
});

test("a page holds a hundred units, and a page behind the last is the last", () => {
  const many = Array.from({ length: 201 }, (_, place) => unit(`U-${place}`, 1, "bright", 1));
  const pageOf = (page: string) => pageOfUnits(many, readUnitChoice({ page }));
  expect(
    pageOf("2")
      .units.map(({ id }) => id)
      .slice(0, 1),
  ).toEqual(["U-100"]);
  expect(pageOf("999")).toMatchObject({ page: 3, pages: 3, units: [{ id: "U-200" }] });
  for (const odd of ["0", "-1", "1e9", "two"]) expect(pageOf(odd).page).toBe(1);
  expect(pageOfUnits([], readUnitChoice({}))).toEqual({ units: [], page: 1, pages: 1 });
  expect(searchOf(readUnitChoice({ page: "2", light: "dark" }))).toBe("light=dark&page=2");
});
