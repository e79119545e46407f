import { expect, it } from "vitest";
import { pressKey } from "./press-key";

it.each([
  ["a digit is added", "123", "4", "1234"],
  ["the last one is taken away", "1234", "delete", "123"],
  ["nothing is taken from nothing", "", "delete", ""],
  ["the twenty-first is not taken", "1".repeat(20), "2", "1".repeat(20)],
  ["a word that is no key changes nothing", "12", "enter", "12"],
])("%s", (_promise, digits, key, expected) => {
  expect(pressKey(digits, key)).toBe(expected);
});
