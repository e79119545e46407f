import { civilDayAt, startOfCivilDay } from "@/lib/property";
import { dayAfter } from "@/lib/property/shared";

/** Thirteen months. Day 0 is the first of them, day HISTORY_DAYS is today. */
export const HISTORY_DAYS = 396;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A building's own days; time is counted in them, so that 3.5 is noon of day 3. */
export type Calendar = {
  readonly days: readonly string[];
  /** When each begins, and tomorrow after the last. */
  readonly starts: readonly Date[];
  readonly now: Date;
};

export function calendarOf(now: Date, timeZone: string): Calendar {
  const noon = new Date(startOfCivilDay(civilDayAt(now, timeZone), timeZone).getTime());
  let day = civilDayAt(new Date(noon.getTime() - (HISTORY_DAYS - 0.5) * DAY_MS), timeZone);
  const today = civilDayAt(now, timeZone);
  const days = [day];
  while (day < today) {
    day = dayAfter(day);
    days.push(day);
  }
  const starts = [...days, dayAfter(day)].map((each) => startOfCivilDay(each, timeZone));
  return { days, starts, now };
}

/** The instant of a time in days, never within the last minute before now. */
export function instantOf({ starts, now }: Calendar, time: number): Date {
  const day = Math.max(0, Math.min(Math.floor(time), starts.length - 2));
  const from = starts[day]?.getTime() ?? 0;
  const to = starts[day + 1]?.getTime() ?? from;
  const at = Math.round(from + (time - day) * (to - from));
  return new Date(Math.min(at, now.getTime() - MINUTE_MS));
}

/** How far today has come, as a time in days. */
export function timeOfNow({ starts, now }: Calendar): number {
  const today = starts.length - 2;
  const from = starts[today]?.getTime() ?? 0;
  const to = starts[today + 1]?.getTime() ?? from + DAY_MS;
  return today + Math.min(0.999, Math.max(0, (now.getTime() - from) / (to - from)));
}

/** The day of the year of a civil day, from 0, for seasons. */
export function dayOfYear(day: string): number {
  const at = new Date(`${day}T00:00:00Z`);
  return Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / DAY_MS);
}
