import { enqueueDueWork, inScope, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { type DayOrder, keptText } from "../core/cell-values";
import { type Mapping, proposeMapping, REQUIRED_COLUMNS } from "../core/columns";
import type { CellMark } from "../core/sheet";
import type { ChangeImportError, StartImportError, UploadError } from "../errors";
import { findBatch, findRow } from "./batch-rows";
import { checkBatch, SHEET_TIMEOUT } from "./check-batch";
import { readSheet } from "./read-sheet";

const LONGEST_NAME = 120;

/**
 * Takes a file down and judges it: nothing is made of it yet. Gives the import's id; refuses a file
 * that is no sheet, and then nothing is kept.
 */
export async function uploadSheet(
  scope: OrgScope,
  file: { readonly name: string; readonly bytes: Uint8Array; readonly now: Date },
): Promise<Result<string, UploadError>> {
  const read = readSheet(file.bytes);
  if (!read.ok) return read;
  const { organizationId, userId } = scope;
  const { headingRow, headings, rows } = read.value;
  const mapping = proposeMapping(headings);
  const isMapped = REQUIRED_COLUMNS.every((column) => mapping.includes(column));
  const id = newId();
  const fileName =
    keptText(file.name)
      .replaceAll(/[\p{Cc}/\\]+/gu, " ")
      .trim()
      .slice(-LONGEST_NAME) || "sheet";
  await inScope(
    scope,
    async (tx) => {
      await tx.db.importBatch.createMany({
        data: [
          {
            organizationId,
            id,
            fileName,
            state: isMapped ? "checked" : "uploaded",
            headingRow,
            headings: [...headings],
            mapping: [...mapping],
            rowCount: rows.length,
            faultRows: 0,
            counts: {},
            createdBy: userId,
            createdAt: file.now,
          },
        ],
      });
      await tx.db.$executeRaw`
      INSERT INTO import_row (organization_id, batch_id, number, cells, marks, faults)
      SELECT ${organizationId}::uuid, ${id}::uuid, r.number, r.cells, r.marks, '[]'
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r(number int, cells jsonb, marks jsonb)`;
      if (isMapped) await checkBatch(tx, { id, mapping, dayOrder: null }, file.now);
    },
    SHEET_TIMEOUT,
  );
  return ok(id);
}

/** Says which column each heading is and which way round days are; the sheet is judged anew. */
export function mapColumns(
  scope: OrgScope,
  change: {
    readonly batchId: string;
    readonly mapping: Mapping;
    readonly dayOrder: DayOrder | null;
    readonly now: Date;
  },
): Promise<Result<void, ChangeImportError>> {
  const { organizationId } = scope;
  const { batchId, dayOrder, now } = change;
  return inScope(
    scope,
    async (tx): Promise<Result<void, ChangeImportError>> => {
      const batch = await openBatch(tx, batchId);
      if (!batch.ok) return batch;
      const mapping = batch.value.headings.map((_, place) => change.mapping[place] ?? null);
      const used = mapping.filter((column) => column !== null);
      if (new Set(used).size < used.length) return err("column-twice");
      if (!REQUIRED_COLUMNS.every((column) => used.includes(column))) return err("columns-missing");
      await tx.db.importBatch.updateMany({
        where: { organizationId, id: batchId },
        data: { mapping: [...mapping], dayOrder, state: "checked" },
      });
      await checkBatch(tx, { id: batchId, mapping, dayOrder }, now);
      return ok(undefined);
    },
    SHEET_TIMEOUT,
  );
}

/** Writes other cells into a row, by their place in the file; the whole sheet is judged anew. */
export function correctRow(
  scope: OrgScope,
  change: {
    readonly batchId: string;
    readonly row: number;
    readonly cells: ReadonlyMap<number, string>;
    readonly now: Date;
  },
): Promise<Result<void, ChangeImportError>> {
  const { organizationId } = scope;
  const { batchId, row: number, now } = change;
  return inScope(
    scope,
    async (tx): Promise<Result<void, ChangeImportError>> => {
      const batch = await openBatch(tx, batchId);
      if (!batch.ok) return batch;
      const row = await findRow(tx, batchId, number);
      if (!row) return err("row-not-found");
      const cells = row.cells.map((cell, place) => keptText(change.cells.get(place) ?? cell));
      const stays = ([place]: readonly [string, CellMark]) =>
        cells[Number(place)] === row.cells[Number(place)];
      const marks = Object.fromEntries(Object.entries(row.marks).filter(stays));
      await tx.db.importRow.updateMany({
        where: { organizationId, batchId, number },
        data: { cells, marks },
      });
      if (batch.value.state === "checked") await checkBatch(tx, batch.value, now);
      return ok(undefined);
    },
    SHEET_TIMEOUT,
  );
}

/** An import that can still be changed; its row is locked, so that nobody applies it meanwhile. */
async function openBatch(tx: ScopedTx, batchId: string) {
  const batch = await findBatch(tx, batchId);
  if (!batch) return err("import-not-found" as const);
  const { organizationId } = tx.scope;
  const { count } = await tx.db.importBatch.updateMany({
    where: { organizationId, id: batchId, state: { in: ["uploaded", "checked"] } },
    data: { state: batch.state },
  });
  return count === 1 ? ok(batch) : err("import-closed" as const);
}

/**
 * Has the worker carry out what the sheet says. Of two who ask at once one starts it; a sheet with
 * rows at fault is not started.
 */
export function startImport(
  scope: OrgScope,
  start: { readonly batchId: string; readonly now: Date },
): Promise<Result<void, StartImportError>> {
  const { organizationId } = scope;
  return inScope(scope, async (tx): Promise<Result<void, StartImportError>> => {
    const batch = await findBatch(tx, start.batchId);
    if (!batch) return err("import-not-found");
    const { count } = await tx.db.importBatch.updateMany({
      where: { organizationId, id: batch.id, state: "checked", faultRows: 0 },
      data: { state: "applying" },
    });
    if (count === 0) return err(batch.state === "checked" ? "rows-at-fault" : "import-closed");
    await enqueueDueWork(tx, { subjectId: batch.id, kind: "import.apply", dueAt: start.now });
    return ok(undefined);
  });
}
