import "server-only";

export type {
  ChangeImportError,
  StartImportError,
  UndoImportError,
  UploadError,
} from "./errors";
export { applyImport } from "./shell/apply-import";
export { exportProperty } from "./shell/export-property";
export { findSheetPage, type ImportView, listImports, type SheetPage } from "./shell/import-views";
export { correctRow, mapColumns, startImport, uploadSheet } from "./shell/imports";
export { sampleSheet } from "./shell/samples";
export { undoImport } from "./shell/undo-import";
export { parseSheetForm, SHEET_TYPES, writeSheet } from "./shell/write-sheet";
