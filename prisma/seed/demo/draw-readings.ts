import { type Calendar, HISTORY_DAYS, instantOf } from "./calendar";
import type { DrawnReading } from "./plan";
import { cumulated, type Use, usedUntil } from "./use";

/** Who reads a meter, and how often. */
export type Habit = "daily" | "weekly" | "monthly" | "never";

const HOURS_ON_RECORD = 40;

/** Register readings of a meter that served from one time to another, beginning at a value. */
export function drawRegister(
  calendar: Calendar,
  read: {
    readonly use: Use;
    readonly habit: Habit;
    readonly from: number;
    readonly to: number;
    readonly firstValue: number;
    readonly random: () => number;
  },
): readonly DrawnReading[] {
  const { use, habit, from, to, firstValue, random } = read;
  const sums = cumulated(use);
  const register = (time: number): DrawnReading => ({
    quantity: "register",
    at: instantOf(calendar, time),
    value: BigInt(Math.round(firstValue + usedUntil(sums, time) - usedUntil(sums, from))),
  });
  if (habit === "never") return [];
  const readings: DrawnReading[] = [];
  const step = { daily: 1, weekly: 7, monthly: 30 }[habit];
  for (let day = Math.ceil(from); day <= to && day <= HISTORY_DAYS; day += step) {
    // A gateway reads at midnight; a person comes by in the forenoon, a day sooner or later.
    const time = habit === "daily" ? day : day + 0.36 + random() * 0.15;
    if (time >= from && time < to) readings.push(register(time));
  }
  return readings;
}

/** A meter read every hour in its last weeks, which is what shows a leak at night. */
export function drawHours(
  calendar: Calendar,
  read: { readonly firstValue: number; readonly perHour: (hour: number) => number },
): readonly DrawnReading[] {
  const readings: DrawnReading[] = [];
  let value = read.firstValue;
  for (let day = HISTORY_DAYS - HOURS_ON_RECORD; day < HISTORY_DAYS; day += 1) {
    for (let hour = 0; hour < 24; hour += 1) {
      const at = instantOf(calendar, day + hour / 24);
      readings.push({ quantity: "register", at, value: BigInt(Math.round(value)) });
      value += read.perHour(hour);
    }
  }
  return readings;
}

/** What a resident reads off now and then: the credit that is left. */
export function drawRemaining(
  calendar: Calendar,
  read: {
    readonly remainingAt: (time: number) => number;
    readonly from: number;
    readonly to: number;
    readonly everyDays: number;
    readonly random: () => number;
  },
): readonly DrawnReading[] {
  const { remainingAt, from, to, everyDays, random } = read;
  const readings: DrawnReading[] = [];
  for (let day = Math.ceil(from) + 2; day < to; day += everyDays * (0.6 + random() * 0.8)) {
    const time = Math.floor(day) + 0.95;
    if (time >= to) break;
    const value = BigInt(Math.floor(remainingAt(time) / 100) * 100);
    readings.push({ quantity: "remaining", at: instantOf(calendar, time), value });
  }
  return readings;
}
