import { assert } from "@/lib/kernel";

/**
 * Brings exact parts, `part / scale` each, to whole numbers that add up to `total`: each gets its
 * floor, and what is left goes to the largest remainders, the earlier part first on a tie. The
 * total is the parts' sum, rounded up.
 */
export function splitExactly(
  total: bigint,
  parts: readonly bigint[],
  scale: bigint,
): readonly bigint[] {
  const whole = parts.map((part) => part / scale);
  let left = total - whole.reduce((sum, part) => sum + part, 0n);
  const byRemainder = parts.map((part, place) => ({ place, remainder: part % scale }));
  byRemainder.sort((a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder));
  for (const { place } of byRemainder) {
    if (left === 0n) break;
    whole[place] = (whole[place] ?? 0n) + 1n;
    left -= 1n;
  }
  assert(left === 0n, "the total is the parts' sum rounded up");
  return whole;
}
