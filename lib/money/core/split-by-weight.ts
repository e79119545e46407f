import { assert } from "@/lib/kernel";
import { type Money, money } from "./money";

/**
 * Splits an amount that is not negative in proportion to weights that are not negative and not all
 * zero. The parts add up to the whole: each gets its floor, and the minor units left over go to the
 * largest remainders, the earlier part first where two are equal.
 */
export function splitByWeight(whole: Money, weights: readonly bigint[]): Money[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  assert(whole.amountMinor >= 0n, "what is split is not negative");
  assert(
    weights.every((weight) => weight >= 0n),
    "no weight is negative",
  );
  assert(total > 0n, "some weight is above zero");

  const shares = weights.map((weight) => (whole.amountMinor * weight) / total);
  const remainders = weights.map((weight, index) => ({
    index,
    remainder: (whole.amountMinor * weight) % total,
  }));
  let left = whole.amountMinor - shares.reduce((sum, share) => sum + share, 0n);
  // The sort is stable, so equal remainders keep the order of the parts.
  remainders.sort((a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder));
  for (const { index } of remainders) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  assert(left === 0n, "less is left over than there are parts");
  return shares.map((share) => money(share, whole.currency));
}
