import { parse } from "csv-parse/sync";
import { err, ok, type Result } from "@/lib/kernel";
import { unguardedCell } from "../core/cell-values";
import { type CellMark, SHEET_LIMITS, type SheetFault, type SheetRow } from "../core/sheet";

/** Above the rows of the sheet there may be a title and the headings. */
const MOST_RECORDS = SHEET_LIMITS.rows + 20;

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** Rows of a CSV, whichever of its ways Excel took: encoding, separator, line breaks in quotes. */
export function readCsv(bytes: Uint8Array): Result<readonly SheetRow[], SheetFault> {
  const text = decodeText(bytes);
  if (text === null) return err("not-a-sheet");
  const told = /^sep=(.)\r?\n/.exec(text);
  const body = told ? text.slice(told[0].length) : text;
  let parsed: readonly Parsed[];
  try {
    parsed = parse(body, {
      delimiter: told?.[1] ?? delimiterOf(body),
      relax_column_count: true,
      relax_quotes: true,
      info: true,
      skip_empty_lines: false,
      to: MOST_RECORDS + 1,
    }) as unknown as readonly Parsed[];
  } catch {
    return err("broken");
  }
  if (parsed.length > MOST_RECORDS) return err("too-many-rows");
  return ok(parsed.map(({ record }, place) => rowOf(record, place + (told ? 2 : 1))));
}

function rowOf(record: readonly string[], number: number): SheetRow {
  const marks: Record<string, CellMark> = {};
  const cells = record.map((cell, place) => {
    const text = unguardedCell(cell.trim());
    // A formula that was saved as its text, and not as what it gives.
    if (text.startsWith("=") && text === cell.trim()) marks[String(place)] = "formula";
    if (text.length > SHEET_LIMITS.cell) marks[String(place)] = "too-long";
    return text.slice(0, SHEET_LIMITS.cell);
  });
  return { number, cells, marks };
}

/**
 * Null for bytes that are no text. Without a mark it is UTF-8, or else what Windows wrote before.
 */
function decodeText(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : utf16WithoutMark(bytes);
  const text = encoding
    ? decode(bytes, encoding)
    : (decode(bytes, "utf-8") ?? decode(bytes, "windows-1252"));
  return text === null || text.includes("\0") ? null : text;
}

/** Every second byte of latin letters in UTF-16 is zero. */
function utf16WithoutMark(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const begin = bytes.subarray(0, 200);
  const zeros = (odd: number) =>
    begin.filter((byte, place) => place % 2 === odd && byte === 0).length;
  const enough = begin.length / 4;
  if (zeros(1) > enough && zeros(0) === 0) return "utf-16le";
  return zeros(0) > enough && zeros(1) === 0 ? "utf-16be" : null;
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What separates the cells of the first lines, outside of quotes: most often one of these. */
function delimiterOf(text: string): string {
  const begin = text.slice(0, 5_000).replaceAll(/"(?:[^"]|"")*"/g, "");
  const [best] = [",", ";", "\t", "|"]
    .map((delimiter) => ({ delimiter, count: begin.split(delimiter).length }))
    .toSorted((one, other) => other.count - one.count);
  return best?.delimiter ?? ",";
}
