import { COLUMNS, type ColumnName } from "./columns";

/** A row of the sheet by the columns it fills. */
export type RowCells = Readonly<Partial<Record<ColumnName, string>>>;

export const HEADINGS: readonly string[] = COLUMNS.map(({ words }) => words[0]);

/** Rows in the one form: the headings, and every cell in its column. */
export function sheetOfRows(rows: readonly RowCells[]): readonly (readonly string[])[] {
  return [HEADINGS, ...rows.map((row) => COLUMNS.map(({ name }) => row[name] ?? ""))];
}
