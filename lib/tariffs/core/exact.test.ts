import { describe, expect, it } from "vitest";
import { floorPercent, largestRemainder, taxInside, withoutPercent, withPercent } from "./exact";

describe("parts by largest remainder", () => {
  it.each([
    ["add up to the sum rounded up", [5n, 5n, 5n], 4n, [2n, 1n, 1n]],
    ["give the earlier part the unit on a tie", [1n, 1n], 2n, [1n, 0n]],
    ["give the larger remainder the unit first", [5n, 7n], 4n, [1n, 2n]],
    ["give nothing to what is nothing", [0n, 1n, 0n], 3n, [0n, 1n, 0n]],
    ["round nothing where all is whole", [4n, 8n], 4n, [1n, 2n]],
    ["are nothing of nothing", [0n, 0n], 7n, [0n, 0n]],
  ] as const)("%s", (_name, numerators, denominator, parts) => {
    expect(largestRemainder(numerators, denominator)).toEqual(parts);
  });
});

it("percents go down, taxes to the nearest with a half up", () => {
  const percent = (digits: bigint, scale = 0) => ({ digits, scale });
  expect(floorPercent(101n, percent(50n))).toBe(50n);
  expect(floorPercent(1_000n, percent(333n, 1))).toBe(333n);
  expect(withPercent(150n, percent(15n))).toBe(173n);
  expect(withoutPercent(173n, percent(15n))).toBe(150n);
  expect(withoutPercent(3n, percent(100n))).toBe(2n);
  expect(taxInside(115n, percent(15n))).toBe(15n);
  expect(taxInside(1n, percent(100n))).toBe(1n);
});
