import { startOfCivilDay } from "@/lib/property";
import { dayBefore } from "@/lib/property/shared";
import { formatDay, type Place } from "./instants";

/** "3 Nov" of a civil day, in the building's own way; with the year when it is not this one. */
export function civilDayText(day: string, place: Place, now: Date): string {
  return formatDay(startOfCivilDay(day, place.timeZone), place, now);
}

/** The last day that a lease is held, of the first one that it is not. */
export function lastDayText(endsOn: string, place: Place, now: Date): string {
  return civilDayText(dayBefore(endsOn), place, now);
}

/** The day up to which something works that ends at an instant. */
export function lastInstantText(endsAt: Date, place: Place, now: Date): string {
  return formatDay(new Date(endsAt.getTime() - 1), place, now);
}
