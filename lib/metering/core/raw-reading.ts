import { err, ok, type Result } from "@/lib/kernel";
import { parseKwh } from "./parse-kwh";
import type { Quantity } from "./reading";

/** A reading as a sheet or a gateway has it: text, as it was written. */
export type RawReading = {
  readonly meter: string;
  readonly quantity: string;
  readonly at: string;
  readonly value: string;
};

/** When: an instant, or a civil time "YYYY-MM-DDTHH:MM" of wherever the meter stands. */
export type WrittenTime =
  | { readonly kind: "instant"; readonly at: Date }
  | { readonly kind: "civil"; readonly text: string };

export type RawFault = "no-meter" | "not-a-quantity" | "not-a-time" | "not-a-value";

export type ReadRow = {
  readonly meterNumber: string;
  readonly quantity: Quantity;
  readonly time: WrittenTime;
  readonly value: bigint;
};

const QUANTITY_WORDS: Readonly<Record<string, Quantity>> = {
  register: "register",
  used: "register",
  "energy used so far": "register",
  remaining: "remaining",
  left: "remaining",
  "credit left": "remaining",
};

/**
 * Reads one row. A meter's number may have blanks between its digits; a value is an exact decimal
 * of kWh or m³ with at most three places. A row without a quantity is of the register.
 */
export function parseRawReading(raw: RawReading): Result<ReadRow, RawFault> {
  const meterNumber = parseNumber(raw.meter);
  if (meterNumber === "") return err("no-meter");
  const word = raw.quantity.trim().toLowerCase();
  const quantity = word === "" ? "register" : (QUANTITY_WORDS[word] ?? null);
  if (quantity === null) return err("not-a-quantity");
  const time = parseWrittenTime(raw.at);
  if (time === null) return err("not-a-time");
  const value = parseKwh(raw.value);
  return value.ok ? ok({ meterNumber, quantity, time, value: value.value }) : err("not-a-value");
}

/** Of digits alone the blanks go; of a name they stay, and are single. */
function parseNumber(typed: string): string {
  const text = typed.trim().toUpperCase().replace(/\s+/g, " ");
  return /^[\d ]+$/.test(text) ? text.replaceAll(" ", "") : text.slice(0, 60);
}

const TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** "2026-11-03 14:05", with seconds, "Z" or an offset where known. Null for anything else. */
export function parseWrittenTime(typed: string): WrittenTime | null {
  const text = typed.trim();
  const [, day, time, offset] = TIME.exec(text) ?? [];
  if (day === undefined || time === undefined) return null;
  // The calendar alone says whether there is such a day: a Date counts the 30th of February on.
  const civil = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(civil) || !new Date(civil).toISOString().startsWith(day)) return null;
  if (offset === undefined) return { kind: "civil", text: `${day}T${time}` };
  const zone = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset;
  const clock = text
    .slice(0, text.length - offset.length)
    .trim()
    .replace(" ", "T");
  const at = new Date(`${clock}${zone.toUpperCase()}`);
  return Number.isNaN(at.getTime()) ? null : { kind: "instant", at };
}
