/** Where and how a building writes its dates. */
export type Place = { readonly locale: string; readonly timeZone: string };

/** Making a format costs more than using it a hundred times, and a page tells hundreds of dates. */
const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 200;

/** A format of dates, made once for all who write them alike. */
export function dateFormat(locale: string, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(style)}`;
  const standing = formats.get(key);
  if (standing) return standing;
  const made = new Intl.DateTimeFormat(locale, style);
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(key, made);
  return made;
}

/** "3 Nov 2026, 14:05" in the building's own way and zone. */
export function formatInstant(at: Date, { locale, timeZone }: Place): string {
  const style = { dateStyle: "medium", timeStyle: "short", timeZone } as const;
  return dateFormat(locale, style).format(at);
}

/** "3 Nov" in the building's own way and zone; with the year when it is not this one. */
export function formatDay(at: Date, { locale, timeZone }: Place, now: Date): string {
  const yearOf = (instant: Date) => dateFormat("en", { year: "numeric", timeZone }).format(instant);
  const year = yearOf(at) === yearOf(now) ? {} : ({ year: "numeric" } as const);
  const style = { day: "numeric", month: "short", timeZone, ...year } as const;
  return dateFormat(locale, style).format(at);
}

/** "14:05" in the building's own way and zone. */
export function formatTime(at: Date, { locale, timeZone }: Place): string {
  return dateFormat(locale, { timeStyle: "short", timeZone }).format(at);
}

const STEPS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** "5 minutes ago" in the reader's language: for what belongs to no building, and so to no zone. */
export function formatAgo(at: Date, now: Date, locale: string): string {
  const ms = Math.max(0, now.getTime() - at.getTime());
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const [unit, unitMs] = STEPS.find((step) => ms >= step[1]) ?? ["second", 1_000];
  // Less than a minute is "now": a page is not read to the second.
  return format.format(unit === "second" ? 0 : -Math.floor(ms / unitMs), unit);
}
