import { expect, test } from "vitest";
import { parseReceiptNumber, searchKeyOf, searchRange } from "./search-key";

test.each([
  ["A-204", "a204"],
  ["  Jane  Wanjiru ", "janewanjiru"],
  ["0100 0000 017", "01000000017"],
  ["סופיה כהן", "סופיהכהן"],
  ["x".repeat(200), "x".repeat(80)],
])("%s is looked for as %s", (text, key) => {
  expect(searchKeyOf(text)).toBe(key);
});

test("a single letter finds nothing, for it would find half of everything", () => {
  expect(searchRange("a")).toBeNull();
  expect(searchRange("")).toBeNull();
});

test("a range holds what begins with the key and nothing beside it", () => {
  const range = searchRange("a2");
  expect(range && "a204" >= range.from && "a204" < range.to).toBe(true);
  expect(range && "a3" < range.to).toBe(false);
});

test.each([
  ["WA-000123", { series: "WA", number: 123n }],
  ["wa-123", { series: "WA", number: 123n }],
  ["WA000123", null],
  ["A-2O4", null],
  ["-12", null],
])("%s as a receipt's number", (text, parsed) => {
  expect(parseReceiptNumber(text)).toEqual(parsed);
});
