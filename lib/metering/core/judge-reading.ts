import type { Bought, Quantity, RegisterValue } from "./reading";
import { isTypedLate, usageBetween } from "./usage-between";

/** Why a person should look at a reading before it counts. */
export const QUARANTINE_REASONS = [
  "in-the-future",
  "lower-than-before",
  "higher-than-after",
  "impossible-slope",
  "more-than-bought",
  "other-value",
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

export type Verdict =
  | { readonly verdict: "accept" }
  /** The same value for the same instant is there already. */
  | { readonly verdict: "nothing" }
  | { readonly verdict: "quarantine"; readonly reason: QuarantineReason };

/** 60 A at 230 V: what a meter of a household lets through. */
export const USUAL_RATING_W = 60n * 230n;

// A reader's watch is not the meter's, nor the server's.
const CLOCKS_APART_MS = 5 * 60_000;
const HOUR_MS = 3_600_000n;

export type Neighbours = {
  readonly before: RegisterValue | null;
  /** The reading of this very instant, if there is one. */
  readonly same: RegisterValue | null;
  readonly after: RegisterValue | null;
};

/**
 * Whether a reading may count, beside what was read before and after it and what was bought since.
 * The rating is what the meter lets through; a tenth more is forgiven.
 */
export function judgeReading(
  reading: RegisterValue,
  context: Neighbours & {
    readonly quantity: Quantity;
    readonly bought: readonly Bought[];
    readonly now: Date;
    readonly ratingW?: bigint;
  },
): Verdict {
  const { before, same, after, now } = context;
  if (same) {
    return same.value === reading.value ? { verdict: "nothing" } : held("other-value");
  }
  if (reading.at.getTime() > now.getTime() + CLOCKS_APART_MS) return held("in-the-future");
  const sinceBefore = before && faultBetween(before, reading, context);
  if (sinceBefore) return held(sinceBefore);
  const untilAfter = after && faultBetween(reading, after, context);
  if (untilAfter === "lower-than-before") return held("higher-than-after");
  // A remaining credit that is too low here makes the next one look like more than was bought.
  return untilAfter ? held(untilAfter) : { verdict: "accept" };
}

const held = (reason: QuarantineReason): Verdict => ({ verdict: "quarantine", reason });

function faultBetween(
  before: RegisterValue,
  after: RegisterValue,
  context: {
    readonly quantity: Quantity;
    readonly bought: readonly Bought[];
    readonly ratingW?: bigint;
  },
) {
  const used = usageBetween(before, after, context);
  if (!used.ok) return isTypedLate(before, after, context) ? null : used.error;
  const { ratingW = USUAL_RATING_W } = context;
  const spanMs = BigInt(after.at.getTime() - before.at.getTime());
  // used / hours > rating * 1.1, without a fraction.
  return used.value * HOUR_MS * 10n > ratingW * spanMs * 11n ? "impossible-slope" : null;
}
