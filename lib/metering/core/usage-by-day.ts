import { assert } from "@/lib/kernel";
import type { UsageSpan } from "./usage-between";

/** A civil day as a stretch of time: 23, 24 or 25 hours, as the zone's clocks have it. */
export type CivilDay = { readonly day: string; readonly from: Date; readonly to: Date };

export type DayOfUse = {
  readonly day: string;
  readonly used: bigint;
  /**
   * True when readings cover the whole day and none is longer than two days from the next: spread
   * over more, a day's share is an even guess.
   */
  readonly isMeasured: boolean;
  /** The newest reading that the figure stands on. */
  readonly basisAt: Date;
};

// Two days of 25 hours: somebody who reads each day does not do it on the minute.
const LONGEST_MEASURED_MS = 50 * 3_600_000;

/**
 * Spreads use over civil days in proportion to time. The shares of a span add up to it exactly:
 * each is the difference of two amounts used since the span began, both rounded down. A day that no
 * span touches is left out, and one that a contradiction touches has no more than the rest of it.
 * Days follow each other and cover every span.
 */
export function usageByDay(
  spans: readonly UsageSpan[],
  days: readonly CivilDay[],
): readonly DayOfUse[] {
  // Both lists rise, so that what ended before a day is never looked at again.
  let first = 0;
  return days.flatMap((day) => {
    while (isOver(spans[first], day)) first += 1;
    let last = first;
    while (hasBegun(spans[last], day)) last += 1;
    const touching = spans.slice(first, last);
    const known = touching.flatMap(({ used, ...span }) =>
      used === null ? [] : [{ ...span, used }],
    );
    const newest = known.at(-1);
    if (!newest) return [];
    const used = known.reduce((sum, span) => sum + shareOf(span, day), 0n);
    const coveredMs = known.reduce((sum, span) => sum + overlapMs(span, day), 0);
    const isWhole = coveredMs === day.to.getTime() - day.from.getTime();
    const isClose = known.every((span) => lengthMs(span) <= LONGEST_MEASURED_MS);
    return [{ day: day.day, used, isMeasured: isWhole && isClose, basisAt: newest.to }];
  });
}

const isOver = (span: UsageSpan | undefined, day: CivilDay) =>
  span !== undefined && span.to <= day.from;
const hasBegun = (span: UsageSpan | undefined, day: CivilDay) =>
  span !== undefined && span.from < day.to;

type KnownSpan = { readonly from: Date; readonly to: Date; readonly used: bigint };
type Stretch = { readonly from: Date; readonly to: Date };

function shareOf(span: KnownSpan, day: CivilDay): bigint {
  return usedBefore(span, day.to) - usedBefore(span, day.from);
}

/** What of a span was used before an instant, at an even rate, rounded down. */
function usedBefore(span: KnownSpan, at: Date): bigint {
  const length = lengthMs(span);
  assert(length > 0, "a span lasts some time");
  const passed = Math.min(Math.max(at.getTime() - span.from.getTime(), 0), length);
  return (span.used * BigInt(passed)) / BigInt(length);
}

const lengthMs = ({ from, to }: Stretch): number => to.getTime() - from.getTime();

function overlapMs(one: Stretch, other: Stretch): number {
  const from = Math.max(one.from.getTime(), other.from.getTime());
  return Math.min(one.to.getTime(), other.to.getTime()) - from;
}
