import type { ColumnName } from "./columns";

/** What a sheet may have; more is refused before it is read. */
export const SHEET_LIMITS = { bytes: 10_000_000, rows: 20_000, columns: 200, cell: 500 } as const;

/** What the reader could not take of a cell, by the cell's place. */
export type CellMark = "formula" | "error-value" | "too-long";

/** A row under its number in the file, as text. */
export type SheetRow = {
  readonly number: number;
  readonly cells: readonly string[];
  readonly marks: Readonly<Record<string, CellMark>>;
};

/** A sheet as it was read: the headings, and the rows beneath them that are not empty. */
export type Sheet = {
  readonly headingRow: number;
  readonly headings: readonly string[];
  readonly rows: readonly SheetRow[];
};

export type SheetFault =
  | "empty"
  | "too-large"
  | "too-many-rows"
  | "too-many-columns"
  /** With a password, or in the form before 2007. */
  | "encrypted"
  | "broken"
  /** Small as a file, and huge when it is unpacked. */
  | "bomb"
  | "not-a-sheet";

export const FAULT_CODES = [
  "missing",
  "too-long",
  "formula",
  "error-value",
  "unknown-currency",
  "unknown-zone",
  "unknown-language",
  "unknown-tariff",
  "no-tariff",
  "which-tariff",
  "tariff-currency",
  "unknown-kind",
  "not-a-whole-number",
  "differs",
  "differs-on-record",
  "unit-twice",
  "unit-on-record",
  "not-a-meter",
  "check-digit",
  "zeros-lost",
  "meter-twice",
  "meter-on-record",
  "meter-elsewhere",
  "two-prepaid",
  "prepaid-on-record",
  "unknown-resource",
  "unknown-meter-kind",
  "prepaid-electricity",
  "unknown-key",
  "no-key",
  "which-key",
  "read-only-key",
  "not-a-tariff-index",
  "needs-meter",
  "needs-resident",
  "not-a-phone",
  "not-an-email",
  "not-a-day",
  "ambiguous-day",
  "ends-before-start",
  "overlap",
  "overlap-on-record",
  "whole-and-beds",
  "not-let",
  "unknown-quantity",
  "remaining-prepaid",
  "not-a-reading",
  "in-the-future",
  "too-long-ago",
  "needs-reading",
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/**
 * What is wrong with a cell. `row` is the other row it is about, `hint` what may have been meant.
 */
export type Fault = {
  readonly column: ColumnName;
  readonly code: FaultCode;
  readonly row?: number;
  readonly hint?: string;
};
