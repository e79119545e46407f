import { err, ok, type Result } from "@/lib/kernel";
import { dayBefore, parseCivilDay } from "@/lib/property/shared";
import { parseMeterNumber } from "@/lib/sts/shared";

// What people type into cells, and what a spreadsheet makes of it. Each reader takes a cell's text
// without the blanks around it and gives a value or the code of its fault.

export const DAY_ORDERS = ["day-first", "month-first"] as const;
export type DayOrder = (typeof DAY_ORDERS)[number];

/** Null for a word that is no order. */
export function parseDayOrder(text: string): DayOrder | null {
  return DAY_ORDERS.find((order) => order === text) ?? null;
}

/** Text that a database can keep: without the character of nothing, and halves of characters. */
export function keptText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}

/** Control characters become blanks, and a blank is one blank. */
export function cellText(typed: string): string {
  return typed
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

const NUMBERS = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})$/;
const SERIAL = /^\d{5}$/;
const DAY_MS = 86_400_000;
// Excel counts days from 1900 and takes 1900 for a leap year: its day 0 is the 30th of December
// 1899.
const SERIAL_START_MS = Date.UTC(1899, 11, 30);

const civil = (year: string, month: string, day: string) =>
  parseCivilDay(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);

/**
 * A day in one of its three forms: ISO (2026-03-04), with day or month first (04/03/2026), or as a
 * spreadsheet counts (46085). Where day and month could change places it is refused as ambiguous,
 * unless somebody has said which comes first.
 */
export function parseSheetDay(
  text: string,
  order: DayOrder | null,
): Result<string, "not-a-day" | "ambiguous-day"> {
  if (SERIAL.test(text)) {
    const date = new Date(SERIAL_START_MS + Number(text) * DAY_MS);
    return parseCivilDay(date.toISOString().slice(0, 10));
  }
  const [, first = "", middle = "", last = ""] = NUMBERS.exec(text) ?? [];
  if (first.length === 4) return civil(first, middle, last);
  if (last.length !== 4) return err("not-a-day");
  const dayFirst = civil(last, middle, first);
  const monthFirst = civil(last, first, middle);
  if (order !== null) return order === "day-first" ? dayFirst : monthFirst;
  if (dayFirst.ok && monthFirst.ok && dayFirst.value !== monthFirst.value) {
    return err("ambiguous-day");
  }
  return dayFirst.ok ? dayFirst : monthFirst;
}

const CLOCK = /^(.*?)(?:[T ]\s*(\d{1,2}):(\d{2})(?::\d{2})?)?$/;

/** A day, or a day and a time of it, as "YYYY-MM-DDTHH:MM"; a day alone is its beginning. */
export function parseSheetTime(
  text: string,
  order: DayOrder | null,
): Result<string, "not-a-day" | "ambiguous-day"> {
  const [, dayText = "", hour = "0", minute = "00"] = CLOCK.exec(text) ?? [];
  const day = parseSheetDay(dayText, order);
  if (!day.ok) return day;
  if (Number(hour) > 23 || Number(minute) > 59) return err("not-a-day");
  return ok(`${day.value}T${hour.padStart(2, "0")}:${minute}`);
}

const DIGITS = /^[\d -]{1,20}$/;
export type MeterCellFault =
  | { readonly code: "not-a-meter" | "check-digit" }
  | { readonly code: "zeros-lost"; readonly hint: string };

/**
 * A prepayment meter's number. A spreadsheet that took it for a number has dropped the zeros in
 * front: where they make it right again the fault says so, and does not guess.
 */
export function parseMeterCell(text: string): Result<string, MeterCellFault> {
  const digits = text.replaceAll(/[ -]/g, "");
  const parsed = DIGITS.test(text) ? parseMeterNumber(digits) : null;
  if (parsed?.ok) return ok(parsed.value);
  if (!parsed) return err({ code: "not-a-meter" });
  const padded = [11, 13]
    .filter((length) => digits.length < length)
    .map((length) => parseMeterNumber(digits.padStart(length, "0")))
    .find((one) => one.ok);
  if (padded?.ok && digits.length >= 6) return err({ code: "zeros-lost", hint: padded.value });
  return err({ code: /^(?:\d{11}|\d{13})$/.test(digits) ? "check-digit" : "not-a-meter" });
}

/** The number that stands on a meter that is only read. */
export function parseReadMeterCell(text: string): Result<string, "not-a-meter"> {
  const number = text.toUpperCase();
  return /^[0-9A-Z][0-9A-Z /.-]{0,39}$/.test(number) ? ok(number) : err("not-a-meter");
}

const WHOLE = /^-?\d{1,4}$/;

/** A floor or a place on it: a whole number of at most four digits. */
export function parseWhole(text: string): Result<number, "not-a-whole-number"> {
  const number = text.replace(/^(-?\d+)[.,]0+$/, "$1");
  return WHOLE.test(number) ? ok(Number(number)) : err("not-a-whole-number");
}

const READING = /^(\d{1,9})(?:[.,](\d{1,3}))?$/;

/** Kilowatt-hours or cubic metres, with a point or a comma, as watt-hours or litres. */
export function parseReadingCell(text: string): Result<bigint, "not-a-reading"> {
  const [, whole, part = ""] = READING.exec(text.replaceAll(" ", "")) ?? [];
  return whole === undefined ? err("not-a-reading") : ok(BigInt(whole + part.padEnd(3, "0")));
}

/** Watt-hours or litres as the sheet writes them. */
export function readingCell(value: bigint): string {
  const digits = value.toString().padStart(4, "0");
  const part = digits.slice(-3).replace(/0+$/, "");
  return part === "" ? digits.slice(0, -3) : `${digits.slice(0, -3)}.${part}`;
}

/** The last day of a lease as the sheet writes it, of the first day no longer held. */
export const lastDayCell = (endsOn: string | null): string => (endsOn ? dayBefore(endsOn) : "");

const RUNS = /^[=+\-@\t\r]/;

/** A cell that a spreadsheet would run is given an apostrophe in front, so that it is text. */
export function guardedCell(text: string): string {
  return RUNS.test(text) ? `'${text}` : text;
}

/** And without it again. */
export function unguardedCell(text: string): string {
  return text.startsWith("'") && RUNS.test(text.slice(1)) ? text.slice(1) : text;
}
