import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMoney, money } from "./money";
import { splitByWeight } from "./split-by-weight";

const minorsOf = (total: bigint, weights: readonly bigint[]) =>
  splitByWeight(money(total, "KES"), weights).map((share) => share.amountMinor);

const totals = fc.bigInt({ min: 0n, max: 10n ** 18n });
const weightLists = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 })
  .filter((weights) => weights.some((weight) => weight > 0n));

describe("splitByWeight", () => {
  it.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [100n, [1n, 2n], [33n, 67n]],
    [1n, [0n, 1n, 1n], [0n, 1n, 0n]],
    [5n, [1n, 1n, 1n, 1n, 1n, 1n, 1n], [1n, 1n, 1n, 1n, 1n, 0n, 0n]],
    [0n, [3n, 4n], [0n, 0n]],
    [7n, [9n], [7n]],
  ])("splits %s over %s as %s", (total, weights, shares) => {
    expect(minorsOf(total, weights)).toEqual(shares);
  });

  it("loses nothing and mints nothing", () => {
    fc.assert(
      fc.property(totals, weightLists, (total, weights) => {
        const shares = splitByWeight(money(total, "ZAR"), weights);
        expect(shares.reduce(addMoney)).toEqual(money(total, "ZAR"));
      }),
    );
  });

  it("keeps every part within one minor unit of its exact share, and nothing for no weight", () => {
    fc.assert(
      fc.property(totals, weightLists, (total, weights) => {
        const sum = weights.reduce((left, right) => left + right, 0n);
        minorsOf(total, weights).forEach((share, index) => {
          const weight = weights[index] ?? 0n;
          const distance = share * sum - total * weight;
          expect(distance > -sum && distance < sum).toBe(true);
          if (weight === 0n) expect(share).toBe(0n);
        });
      }),
    );
  });

  it("refuses weights and amounts that cannot be split", () => {
    expect(() => minorsOf(1n, [])).toThrow("above zero");
    expect(() => minorsOf(1n, [0n, 0n])).toThrow("above zero");
    expect(() => minorsOf(1n, [2n, -1n])).toThrow("no weight is negative");
    expect(() => minorsOf(-1n, [1n])).toThrow("not negative");
  });
});
