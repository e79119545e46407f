import { assert } from "@/lib/kernel";

export type TopUp = {
  readonly at: Date;
  /** What the token added to the meter, in watt-hours, more than none. */
  readonly energyWh: bigint;
};

/** What a one-way meter is believed to hold. It does not talk, so nothing here is measured. */
export type Estimate =
  | {
      /** Measured: a reading is young enough to stand on. */
      readonly basis: "measured" | "estimated";
      /** The newest reading it stands on; null where there is none. */
      readonly basisAt: Date | null;
      readonly remainingWh: bigint;
      /** Recent use for 24 hours; none while nothing is known of it. */
      readonly dailyUseWh: bigint;
      /** Whole days, rounded down; endless while nothing is known of its use. */
      readonly daysLeft: number;
    }
  | { readonly basis: "unknown" };

const DAY_MS = 86_400_000n;
const WINDOW_DAYS = 60n;

/**
 * Estimates what a meter still holds from purchases alone.
 *
 * The assumption: people top up at about the same level each time. So between the first and the
 * last purchase of the last 60 days they used what they bought in it, the last one not counted, at
 * an even rate; and they go on at that rate. The meter is taken to be empty before the first.
 * Each purchase adds, use subtracts, and an empty meter uses nothing.
 *
 * Unknown with fewer than two purchases in those days, or less than a day between them. `purchases`
 * are in ascending order; those after `now` do not count. Rounded once, down, at the end.
 */
export function estimateRemaining(input: {
  readonly purchases: readonly TopUp[];
  readonly now: Date;
}): Estimate {
  const nowMs = BigInt(input.now.getTime());
  const recent = input.purchases
    .map(({ at, energyWh }) => ({ atMs: BigInt(at.getTime()), energyWh }))
    .filter(({ atMs }) => atMs <= nowMs && atMs >= nowMs - WINDOW_DAYS * DAY_MS);
  const first = recent[0];
  const last = recent.at(-1);
  if (!first || !last || last.atMs - first.atMs < DAY_MS) return { basis: "unknown" };

  const spanMs = last.atMs - first.atMs;
  const usedWh = recent.slice(0, -1).reduce((sum, { energyWh }) => sum + energyWh, 0n);
  // Counted in watt-hours times the span, so that the rate needs no rounding on the way.
  let level = 0n;
  let atMs = first.atMs;
  const passTo = (nextMs: bigint) => {
    assert(nextMs >= atMs, "purchases come in ascending order");
    const used = usedWh * (nextMs - atMs);
    level = level > used ? level - used : 0n;
    atMs = nextMs;
  };
  for (const purchase of recent) {
    assert(purchase.energyWh > 0n, "a purchase adds energy");
    passTo(purchase.atMs);
    level += purchase.energyWh * spanMs;
  }
  passTo(nowMs);

  const remainingWh = level / spanMs;
  const perDayWh = (usedWh * DAY_MS) / spanMs;
  const dailyUseWh = perDayWh > 0n ? perDayWh : 1n;
  return {
    basis: "estimated",
    basisAt: null,
    remainingWh,
    dailyUseWh,
    daysLeft: Number(remainingWh / dailyUseWh),
  };
}
