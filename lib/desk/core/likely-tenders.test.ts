import { expect, it } from "vitest";
import { piecesOf } from "./denominations";
import { likelyTenders } from "./likely-tenders";

it("a buyer gives the amount, or the next notes above it", () => {
  expect(likelyTenders(37_500n, piecesOf("KES"))).toEqual([37_500n, 38_000n, 40_000n, 50_000n]);
  expect(likelyTenders(50_000n, piecesOf("KES"))).toEqual([50_000n, 52_000n, 60_000n, 100_000n]);
  expect(likelyTenders(100_000n, piecesOf("KES"))).toEqual([100_000n]);
});

it("without notes we know, the amount alone", () => {
  expect(likelyTenders(1_234n, [])).toEqual([1_234n]);
});
