import { Temporal } from "temporal-polyfill";

// A year of a building's days is asked for meter after meter; working one out takes long.
const startsMs = new Map<string, number>();
const MOST_STARTS = 10_000;

/**
 * The instant at which a civil day begins in a zone: midnight, or the first moment after it where
 * the clocks skip midnight. Throws for what is no day ("2025-02-30") or no zone.
 */
export function startOfCivilDay(day: string, timeZone: string): Date {
  const name = `${day} ${timeZone}`;
  const known = startsMs.get(name);
  if (known !== undefined) return new Date(known);
  const start = Temporal.PlainDate.from(day, { overflow: "reject" }).toZonedDateTime(timeZone);
  if (startsMs.size >= MOST_STARTS) startsMs.clear();
  startsMs.set(name, start.epochMilliseconds);
  return new Date(start.epochMilliseconds);
}

/** The civil day of an instant in a zone, as "YYYY-MM-DD". */
export function civilDayAt(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The civil day that the database's driver gave as a date at 00:00 UTC. */
export function civilDayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** A civil day as the database's driver wants it: a date at 00:00 UTC. */
export function dateOfCivilDay(day: string): Date {
  return startOfCivilDay(day, "UTC");
}

/** The civil time of an instant in a zone to the minute, "YYYY-MM-DDTHH:MM". */
export function civilTimeAt(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}

/**
 * The instant of a civil time in a zone, as a field of date and time sends it. Null for what is
 * none; of an hour that comes twice the first, of one that is skipped the time after.
 */
export function instantOfCivilTime(typed: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(typed)) return null;
  try {
    const time = Temporal.PlainDateTime.from(typed, { overflow: "reject" });
    return new Date(time.toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    return null;
  }
}
