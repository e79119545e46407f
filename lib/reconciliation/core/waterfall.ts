import { assert } from "@/lib/kernel";

/** A step of a waterfall: the first is what came in, each other takes away from what is left. */
export type Step<Key extends string> = { readonly key: Key; readonly amount: bigint };

export type Bar<Key extends string> = {
  readonly key: Key;
  readonly amount: bigint;
  /** Where the bar stands, in thousandths of the scale. */
  readonly low: number;
  readonly high: number;
};

export type Waterfall<Key extends string> = {
  readonly bars: readonly Bar<Key>[];
  /** Where nothing stands, in thousandths: above 0 where a bar goes below it. */
  readonly zero: number;
};

/**
 * Places bars under one another: the first from zero, each other down from where the one before
 * ended (up, where its amount is negative), the last from zero again: it is what is left. Heights
 * are for the eye, whole thousandths; the figures beside them are exact.
 */
export function waterfall<Key extends string>(steps: readonly Step<Key>[]): Waterfall<Key> {
  let level = 0n;
  const spans = steps.map(({ key, amount }, index) => {
    const isEnd = index === 0 || index === steps.length - 1;
    const from = isEnd ? 0n : level;
    const to = isEnd ? amount : level - amount;
    level = to;
    return { key, amount, low: from < to ? from : to, high: from < to ? to : from };
  });
  const ends = [0n, ...spans.flatMap(({ low, high }) => [low, high])];
  const [lowest = 0n, ...higher] = ends.toSorted((one, other) => (one < other ? -1 : 1));
  const highest = higher.at(-1) ?? 0n;
  const scale = highest - lowest;
  const at = (amount: bigint) => (scale === 0n ? 0 : Number(((amount - lowest) * 1_000n) / scale));
  assert(scale >= 0n, "the highest is not below the lowest");
  return {
    bars: spans.map(({ low, high, ...bar }) => ({ ...bar, low: at(low), high: at(high) })),
    zero: at(0n),
  };
}
