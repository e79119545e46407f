import { err, ok, type Result } from "@/lib/kernel";

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/**
 * Reads a civil day as a date field sends it, "YYYY-MM-DD". Refuses what is no day (the 30th of
 * February) and years in which nobody held a lease: a slip of the hand, not a wish.
 */
export function parseCivilDay(typed: string): Result<string, "not-a-day"> {
  const text = typed.trim();
  const [, year = "", month = "", day = ""] = FORM.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const isNear = Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR;
  return isReal && isNear ? ok(text) : err("not-a-day");
}

const DAY_MS = 86_400_000;
const shifted = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The civil day after one: the first that a lease is not held, of its last. */
export const dayAfter = (day: string): string => shifted(day, 1);

/** The civil day before one. */
export const dayBefore = (day: string): string => shifted(day, -1);

/** The first day of the month after a civil day's. */
export function monthStartAfter(day: string): string {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
