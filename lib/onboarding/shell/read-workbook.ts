import { type CellObject, CFB, read, SSF, utils, type WorkSheet } from "@e965/xlsx";
import { err, ok, type Result } from "@/lib/kernel";
import { keptText, unguardedCell } from "../core/cell-values";
import { type CellMark, SHEET_LIMITS, type SheetFault, type SheetRow } from "../core/sheet";
import { beginningsOf, unzipBounded, type ZipEntry } from "./unzip-bounded";

const MOST_ROWS = SHEET_LIMITS.rows + 20;
const SHEETS = /^xl\/worksheets\/[^/]+\.xml$/;

/** Rows of a workbook's first sheet. */
export function readWorkbook(file: Uint8Array): Result<readonly SheetRow[], SheetFault> {
  const entries = unzipBounded(file);
  if (!entries.ok) {
    return entries.error === "bomb" && saysRowsBeyond(file) ? err("too-many-rows") : entries;
  }
  if (!entries.value.some(({ name }) => name === "xl/workbook.xml")) return err("not-a-sheet");
  if (entries.value.some(hasRowsBeyond)) return err("too-many-rows");
  try {
    const book = read(repacked(entries.value), {
      type: "array",
      dense: true,
      cellFormula: true,
      cellHTML: false,
      cellNF: true,
      sheetRows: MOST_ROWS + 1,
    });
    const name = book.SheetNames[0];
    const sheet = name === undefined ? undefined : book.Sheets[name];
    if (!sheet) return err("empty");
    return rowsOf(sheet, book.Workbook?.WBProps?.date1904 === true);
  } catch {
    return err("broken");
  }
}

/**
 * Whether a sheet that is too large to be unpacked says at its beginning that it has too many rows:
 * then that is what its sender is told.
 */
function saysRowsBeyond(file: Uint8Array): boolean {
  try {
    return beginningsOf(file, SHEETS).some((text) => {
      const [, last = ""] = /<dimension ref="[A-Z]+\d+:[A-Z]+(\d+)"/.exec(text) ?? [];
      return Number(last) > MOST_ROWS;
    });
  } catch {
    return false;
  }
}

/** Whether a row beyond the limit has a value: what is merely formatted down there is nothing. */
function hasRowsBeyond({ name, bytes }: ZipEntry): boolean {
  if (!SHEETS.test(name)) return false;
  const text = Buffer.from(bytes).toString("utf8");
  for (const { 1: number, index } of text.matchAll(/<row [^>]*?\br="(\d+)"/g)) {
    if (Number(number) > MOST_ROWS) return /<(?:v|is|f)[ >]/.test(text.slice(index));
  }
  return false;
}

/** The same entries in a zip without compression. */
function repacked(entries: readonly ZipEntry[]): Uint8Array {
  const container = CFB.utils.cfb_new();
  for (const { name, bytes } of entries)
    CFB.utils.cfb_add(container, `/${name}`, Buffer.from(bytes));
  return CFB.write(container, {
    fileType: "zip",
    type: "buffer",
    compression: false,
  }) as Uint8Array;
}

function rowsOf(sheet: WorkSheet, is1904: boolean): Result<readonly SheetRow[], SheetFault> {
  const { e: end } = utils.decode_range(sheet["!ref"] ?? "A1");
  const data: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet["!data"] ?? [];
  const merged = mergedCells(sheet, data);
  const rows: SheetRow[] = [];
  for (let r = 0; r <= Math.min(end.r, MOST_ROWS); r += 1) {
    const marks: Record<string, CellMark> = {};
    const width = Math.max(data[r]?.length ?? 0, merged.get(r)?.length ?? 0);
    const texts: string[] = [];
    if (width > SHEET_LIMITS.columns * 5) return err("too-many-columns");
    for (let c = 0; c < width; c += 1) {
      const cell = data[r]?.[c] ?? merged.get(r)?.[c];
      const { text, mark } = cell ? textOf(cell, is1904) : NOTHING;
      if (mark) marks[String(c)] = mark;
      texts.push(text);
    }
    rows.push({ number: r + 1, cells: texts, marks });
  }
  return ok(rows);
}

/** Cells that are drawn as one: each of them says what the first one says. */
function mergedCells(
  sheet: WorkSheet,
  data: readonly (readonly (CellObject | undefined)[] | undefined)[],
): ReadonlyMap<number, (CellObject | undefined)[]> {
  const cells = new Map<number, (CellObject | undefined)[]>();
  for (const { s: start, e: end } of (sheet["!merges"] ?? []).slice(0, MOST_ROWS)) {
    const first = data[start.r]?.[start.c];
    if (!first || end.c - start.c > SHEET_LIMITS.columns) continue;
    for (let r = start.r; r <= Math.min(end.r, MOST_ROWS); r += 1) {
      const row = cells.get(r) ?? [];
      for (let c = start.c; c <= end.c; c += 1) row[c] = first;
      cells.set(r, row);
    }
  }
  return cells;
}

type Text = { readonly text: string; readonly mark?: CellMark };
const NOTHING: Text = { text: "" };

/**
 * A cell as text. Of a formula counts what Excel last worked out; one that has nothing, or an
 * error, is a fault. A date is written as ISO has it, whatever it looks like in the sheet.
 */
function textOf(cell: CellObject, is1904: boolean): Text {
  const { t: kind, v: value } = cell;
  if (kind === "e") return { text: keptText(cell.w ?? "#ERROR"), mark: "error-value" };
  // Of a formula without a value the library says "".
  if (value === undefined || value === null || value === "" || kind === "z") {
    return cell.f === undefined
      ? NOTHING
      : { text: keptText(`=${cell.f}`.slice(0, 100)), mark: "formula" };
  }
  if (typeof value === "number") {
    const isDate = typeof cell.z === "string" && SSF.is_date(cell.z);
    return { text: isDate ? dateText(value, is1904) : numberText(value) };
  }
  if (typeof value === "boolean") return { text: value ? "TRUE" : "FALSE" };
  const text = unguardedCell(keptText(String(value)).trim());
  const isLong = text.length > SHEET_LIMITS.cell;
  return isLong ? { text: text.slice(0, SHEET_LIMITS.cell), mark: "too-long" } : { text };
}

/** 15 digits are what Excel keeps of a number. */
const numberText = (value: number) =>
  Number.isInteger(value) && Math.abs(value) < 1e15
    ? String(value)
    : String(Number(value.toPrecision(15)));

function dateText(serial: number, is1904: boolean): string {
  const parts = SSF.parse_date_code(serial, { date1904: is1904 });
  if (!parts) return numberText(serial);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${String(parts.y).padStart(4, "0")}-${two(parts.m)}-${two(parts.d)}`;
  return parts.H === 0 && parts.M === 0 ? day : `${day} ${two(parts.H)}:${two(parts.M)}`;
}
