import { err, type Result } from "@/lib/kernel";
import { findHeadingRow } from "../core/columns";
import { SHEET_LIMITS, type Sheet, type SheetFault, type SheetRow } from "../core/sheet";
import { readCsv } from "./read-csv";
import { readWorkbook } from "./read-workbook";

const ZIP = [0x50, 0x4b];
/** The container of files with a password, and of Excel's form before 2007. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

const beginsWith = (bytes: Uint8Array, begin: readonly number[]) =>
  begin.every((byte, place) => bytes[place] === byte);

/**
 * Reads an uploaded file by what it is and not by its name: CSV in any of the ways Excel writes it,
 * or an Excel workbook, of which the first sheet. Refuses what is larger than a sheet may be before
 * it is unpacked.
 */
export function readSheet(bytes: Uint8Array): Result<Sheet, SheetFault> {
  if (bytes.length > SHEET_LIMITS.bytes) return err("too-large");
  if (bytes.length === 0) return err("empty");
  if (beginsWith(bytes, COMPOUND)) return err("encrypted");
  const rows = beginsWith(bytes, ZIP) ? readWorkbook(bytes) : readCsv(bytes);
  return rows.ok ? sheetOf(rows.value) : rows;
}

function sheetOf(all: readonly SheetRow[]): Result<Sheet, SheetFault> {
  const rows = all.filter(
    ({ cells, marks }) => cells.some(Boolean) || Object.keys(marks).length > 0,
  );
  const place = findHeadingRow(rows.map(({ cells }) => cells));
  const heading = rows[place];
  const below = rows.slice(place + 1);
  if (!heading || below.length === 0) return err("empty");
  if (below.length > SHEET_LIMITS.rows) return err("too-many-rows");
  const widths = [heading, ...below].map(({ cells }) => cells.findLastIndex(Boolean) + 1);
  const width = widths.reduce((most, one) => Math.max(most, one), 0);
  if (width > SHEET_LIMITS.columns) return err("too-many-columns");
  const whole = (cells: readonly string[]) =>
    Array.from({ length: width }, (_, column) => cells[column] ?? "");
  return {
    ok: true,
    value: {
      headingRow: heading.number,
      headings: whole(heading.cells),
      rows: below.map((row) => ({ ...row, cells: whole(row.cells) })),
    },
  };
}
