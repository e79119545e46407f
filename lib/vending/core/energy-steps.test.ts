import { expect, it } from "vitest";
import { parseEnergySteps } from "./energy-steps";

it.each([
  ["1.5", 15n],
  [" 0,1 kWh ", 1n],
  ["5", 50n],
  ["5.0", 50n],
  ["2.300", 23n],
  ["0012.7KWH", 127n],
])("reads %j off a display", (text, units) => {
  expect(parseEnergySteps(text)).toBe(units);
});

it.each([
  "",
  "0",
  "0.0",
  "1.55",
  "1.05",
  "-1",
  "1.",
  ".5",
  "12345",
  "1 2",
  "1e1",
  "Infinity",
  "one",
])("takes %j for no figure", (text) => {
  expect(parseEnergySteps(text)).toBeNull();
});
