import { expect, it } from "vitest";
import { parseMovementKind, sumShift } from "./shift-sums";

it("a drawer should hold its float, what came in and not what went out", () => {
  const sums = sumShift([
    { kind: "float", amountMinor: 100_000n },
    { kind: "sale", amountMinor: 50_000n },
    { kind: "sale", amountMinor: 20_000n },
    { kind: "refund", amountMinor: -20_000n },
    { kind: "paid-in", amountMinor: 5_000n },
    { kind: "paid-out", amountMinor: -60_000n },
  ]);
  expect(sums.expectedMinor).toBe(95_000n);
  expect(sums.sale).toEqual({ count: 2, amountMinor: 70_000n });
  expect(sums["paid-out"]).toEqual({ count: 1, amountMinor: -60_000n });
});

it("a drawer of which nothing is written down holds nothing", () => {
  expect(sumShift([]).expectedMinor).toBe(0n);
});

it("a word that is no kind is none", () => {
  expect(parseMovementKind("tip")).toBeNull();
  expect(parseMovementKind("paid-in")).toBe("paid-in");
});
