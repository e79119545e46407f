import { type CellObject, utils, write } from "@e965/xlsx";
import { stringify } from "csv-stringify/sync";
import { guardedCell } from "../core/cell-values";

export const SHEET_FORMS = ["csv", "xlsx"] as const;
export type SheetForm = (typeof SHEET_FORMS)[number];

/** Null for a word that is no form of a file. */
export function parseSheetForm(text: string): SheetForm | null {
  return SHEET_FORMS.find((form) => form === text) ?? null;
}

export const SHEET_TYPES: Readonly<Record<SheetForm, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

type Rows = readonly (readonly string[])[];

/**
 * A sheet as a file. Every cell is text: zeros in front stay, and nothing runs. The second sheet of
 * a workbook is for who reads it, and is not read by us.
 */
export function writeSheet(
  rows: Rows,
  form: SheetForm,
  notes: { readonly name: string; readonly lines: readonly string[] } | null = null,
): Uint8Array<ArrayBuffer> {
  return form === "csv" ? csvOf(rows) : workbookOf(rows, notes);
}

/** With the mark by which Excel knows UTF-8; what another separator would cut is in quotes. */
function csvOf(rows: Rows): Uint8Array<ArrayBuffer> {
  const guarded = rows.map((cells) => cells.map(guardedCell));
  const form = { bom: true, record_delimiter: "windows", quoted_match: /[;\t]/ } as const;
  return new TextEncoder().encode(stringify(guarded, form));
}

function workbookOf(
  rows: Rows,
  notes: { readonly name: string; readonly lines: readonly string[] } | null,
): Uint8Array<ArrayBuffer> {
  const book = utils.book_new();
  const cellOf = (text: string): CellObject | null =>
    text === "" ? null : { t: "s", v: text, z: "@" };
  const sheet = utils.aoa_to_sheet(rows.map((cells) => cells.map(cellOf)));
  sheet["!cols"] = (rows[0] ?? []).map((_, place) => ({ wch: widthOf(rows, place) }));
  utils.book_append_sheet(book, sheet, "Units");
  if (notes) {
    const told = utils.aoa_to_sheet(notes.lines.map((line) => [{ t: "s", v: line }]));
    told["!cols"] = [{ wch: 100 }];
    utils.book_append_sheet(book, told, notes.name);
  }
  return new Uint8Array(write(book, { type: "buffer", bookType: "xlsx", compression: true }));
}

function widthOf(rows: Rows, place: number): number {
  const most = rows.slice(0, 100).map((cells) => cells[place]?.length ?? 0);
  return Math.min(40, Math.max(8, ...most) + 2);
}
