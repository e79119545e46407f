import type { CurrencyCode } from "@/lib/money";
import { type Calendar, dayOfYear } from "./calendar";

/** How use swings with the year: a share more in the coldest and in the hottest weeks. */
export type Climate = {
  readonly heating: number;
  readonly coldestDay: number;
  readonly cooling: number;
  readonly hottestDay: number;
};

/** What a place uses, day by day of a calendar, in watt-hours or litres. */
export type Use = number[];

const YEAR_DAYS = 365;

function seasonOf({ heating, coldestDay, cooling, hottestDay }: Climate, day: number): number {
  const swing = (peak: number) => Math.cos(((day - peak) * 2 * Math.PI) / YEAR_DAYS);
  return 1 + heating * Math.max(0, swing(coldestDay)) + cooling * Math.max(0, swing(hottestDay));
}

/** Use of a household or shop: its level, the season, the day of the week, and chance. */
export function drawUse(
  calendar: Calendar,
  habits: {
    readonly dailyLevel: number;
    readonly climate: Climate;
    /** Of Monday to Sunday; a shop closes, a family is at home. */
    readonly week: readonly number[];
    readonly random: () => number;
  },
): Use {
  const { dailyLevel, climate, week, random } = habits;
  return calendar.days.map((day) => {
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
    const chance = 0.78 + 0.44 * (random() + random()) * 0.5;
    return dailyLevel * seasonOf(climate, dayOfYear(day)) * (week[weekday] ?? 1) * chance;
  });
}

/** Leaves of a place's use only what goes on when nobody is there. */
export function standEmpty(use: Use, from: number, to: number, share = 0.02): void {
  for (let day = from; day < to && day < use.length; day += 1) use[day] = (use[day] ?? 0) * share;
}

/** What was used from the beginning up to each day's start, to interpolate between. */
export function cumulated(use: Use): readonly number[] {
  const sums = [0];
  for (const used of use) sums.push((sums.at(-1) ?? 0) + used);
  return sums;
}

export function usedUntil(sums: readonly number[], time: number): number {
  const day = Math.max(0, Math.min(Math.floor(time), sums.length - 2));
  const from = sums[day] ?? 0;
  return from + (time - day) * ((sums[day + 1] ?? from) - from);
}

/** The time by which so much had been used; 0 where that is before everything. */
export function timeOfUse(sums: readonly number[], used: number): number {
  if (used <= 0) return 0;
  let low = 0;
  let high = sums.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) <= used) low = middle;
    else high = middle;
  }
  const from = sums[low] ?? 0;
  const within = (sums[low + 1] ?? from) - from;
  return low + (within > 0 ? Math.min(1, (used - from) / within) : 0);
}

/** Prices as a plan needs them: about what an amount buys. The tariff prices the sale itself. */
export type PriceLevel = {
  readonly currency: CurrencyCode;
  readonly grossPerKwh: number;
  /** Amounts are multiples of it. */
  readonly step: number;
  /** The least anybody comes for. */
  readonly least: number;
};
