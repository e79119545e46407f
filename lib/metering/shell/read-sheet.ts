import { parse } from "csv-parse/sync";
import { err, ok, type Result } from "@/lib/kernel";
import type { RawReading } from "../core/raw-reading";

export type SheetFault = "not-a-sheet" | "no-head" | "empty" | "too-large" | "too-many-rows";

const LARGEST_BYTES = 8 * 1_024 * 1_024;
const MOST_ROWS = 50_000;

/** What people call the columns. */
const HEADS: Readonly<Record<string, keyof RawReading>> = {
  meter: "meter",
  "meter number": "meter",
  number: "meter",
  quantity: "quantity",
  kind: "quantity",
  shows: "quantity",
  value: "value",
  reading: "value",
  at: "at",
  time: "at",
  "read at": "at",
};

/**
 * Reads a sheet of readings: UTF-8 or UTF-16, with or without a mark at its beginning, its cells
 * apart by comma, semicolon or tab, its first row naming the columns. Rows with nothing in them are
 * skipped.
 */
export function readSheet(bytes: Uint8Array): Result<readonly RawReading[], SheetFault> {
  if (bytes.length > LARGEST_BYTES) return err("too-large");
  const text = decode(bytes);
  if (text === null) return err("not-a-sheet");
  const rows = rowsOf(text);
  if (rows === null) return err("not-a-sheet");
  const [head, ...body] = rows;
  if (!head) return err("empty");
  const places = new Map<keyof RawReading, number>();
  for (const [place, name] of head.entries()) {
    const column = HEADS[name.trim().toLowerCase().replaceAll("_", " ")];
    if (column && !places.has(column)) places.set(column, place);
  }
  if (!places.has("meter") || !places.has("value") || !places.has("at")) return err("no-head");
  if (body.length === 0) return err("empty");
  if (body.length > MOST_ROWS) return err("too-many-rows");
  const cell = (row: readonly string[], column: keyof RawReading) =>
    (row[places.get(column) ?? -1] ?? "").slice(0, 100);
  return ok(
    body.map((row) => ({
      meter: cell(row, "meter"),
      quantity: cell(row, "quantity"),
      at: cell(row, "at"),
      value: cell(row, "value"),
    })),
  );
}

function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (bytes.length > 1 && second === 0);
  const isBig = first === 0xfe && second === 0xff;
  const encoding = isLittle ? "utf-16le" : isBig ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Null for what no sheet is: quotes that are never closed. */
function rowsOf(text: string): readonly string[][] | null {
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const count = (mark: string) => line.split(mark).length;
  const delimiter = [",", ";", "\t"].toSorted((one, other) => count(other) - count(one))[0] ?? ",";
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: MOST_ROWS + 2,
    });
  } catch {
    return null;
  }
}
