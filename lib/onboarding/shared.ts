export { DAY_ORDERS, type DayOrder, parseDayOrder } from "./core/cell-values";
export {
  COLUMNS,
  type ColumnName,
  columnLetters,
  type Mapping,
  parseColumnName,
} from "./core/columns";
export type { ImportCounts } from "./core/plan";
export { parseSampleName, SAMPLE_NAMES, SAMPLE_NOTES } from "./core/samples";
export { type Fault, SHEET_LIMITS, type SheetFault } from "./core/sheet";
export { OBSTACLES } from "./errors";
