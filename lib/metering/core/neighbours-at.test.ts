import { expect, it } from "vitest";
import { neighboursAt } from "./neighbours-at";

const at = (hour: number) => new Date(Date.UTC(2026, 5, 1, hour));
const known = [1, 3, 3, 5].map((hour, index) => ({ at: at(hour), value: BigInt(index) }));

it.each([
  [0, [null, null, 0n]],
  [1, [null, 0n, 1n]],
  [2, [0n, null, 1n]],
  [3, [0n, 2n, 3n]],
  [4, [2n, null, 3n]],
  [6, [3n, null, null]],
] as const)("finds what stands before, at and after hour %i", (hour, values) => {
  const { before, same, after } = neighboursAt(known, at(hour));
  expect([before, same, after].map((one) => one?.value ?? null)).toEqual(values);
});

it("finds nothing among none", () => {
  expect(neighboursAt([], at(1))).toEqual({ before: null, same: null, after: null });
});
