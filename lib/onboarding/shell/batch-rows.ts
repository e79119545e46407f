import { z } from "zod";
import type { ScopedTx } from "@/lib/access";
import { isId } from "@/lib/platform";
import { parseDayOrder } from "../core/cell-values";
import { type Mapping, parseColumnName } from "../core/columns";
import type { ImportCounts } from "../core/plan";
import { FAULT_CODES, type Fault, type SheetRow } from "../core/sheet";

// What is kept of an import as JSON, and how it is read back.

const column = z.string().transform((text, context) => {
  const name = parseColumnName(text);
  if (name === null) context.addIssue("not a column");
  return name ?? ("unit" as const);
});
const cells = z.array(z.string());
const marks = z.record(z.string(), z.enum(["formula", "error-value", "too-long"]));
const mapping = z.array(column.nullable());
const faults = z.array(
  z
    .object({
      column,
      code: z.enum(FAULT_CODES),
      row: z.number().optional(),
      hint: z.string().optional(),
    })
    .transform(
      ({ column: name, code, row, hint }): Fault => ({
        column: name,
        code,
        ...(row === undefined ? {} : { row }),
        ...(hint === undefined ? {} : { hint }),
      }),
    ),
);
const count = z.number().default(0);
const counts = z.object({
  buildings: count,
  units: count,
  beds: count,
  meters: count,
  leases: count,
  readings: count,
});

export const IMPORT_STATES = ["uploaded", "checked", "applying", "applied", "undone"] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
const state = z.enum(IMPORT_STATES);

export type Batch = {
  readonly id: string;
  readonly fileName: string;
  readonly state: ImportState;
  readonly headingRow: number;
  readonly headings: readonly string[];
  readonly mapping: Mapping;
  readonly dayOrder: "day-first" | "month-first" | null;
  readonly rowCount: number;
  readonly faultRows: number;
  readonly counts: ImportCounts;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
  readonly undoneAt: Date | null;
};

const BATCH = {
  id: true,
  fileName: true,
  state: true,
  headingRow: true,
  headings: true,
  mapping: true,
  dayOrder: true,
  rowCount: true,
  faultRows: true,
  counts: true,
  createdBy: true,
  createdAt: true,
  appliedAt: true,
  undoneAt: true,
} as const;

type Kept = Awaited<ReturnType<typeof keptBatches>>[number];

const keptBatches = (tx: ScopedTx, where: { readonly id?: string }, take: number) =>
  tx.db.importBatch.findMany({
    where: { organizationId: tx.scope.organizationId, ...where },
    select: BATCH,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take,
  });

const batchOf = (kept: Kept): Batch => ({
  ...kept,
  state: state.parse(kept.state),
  headings: cells.parse(kept.headings),
  mapping: mapping.parse(kept.mapping),
  dayOrder: parseDayOrder(kept.dayOrder ?? ""),
  counts: counts.parse(kept.counts),
});

/** Null for an id that is none, or of another organization. */
export async function findBatch(tx: ScopedTx, batchId: string): Promise<Batch | null> {
  if (!isId(batchId)) return null;
  const [kept] = await keptBatches(tx, { id: batchId }, 1);
  return kept ? batchOf(kept) : null;
}

/** The newest first. */
export async function listBatches(tx: ScopedTx, take: number): Promise<readonly Batch[]> {
  return (await keptBatches(tx, {}, take)).map(batchOf);
}

export type KeptRow = SheetRow & { readonly faults: readonly Fault[] };

const rowOf = (row: {
  number: number;
  cells: unknown;
  marks: unknown;
  faults: unknown;
}): KeptRow => ({
  number: row.number,
  cells: cells.parse(row.cells),
  marks: marks.parse(row.marks),
  faults: faults.parse(row.faults),
});

const ROW = { number: true, cells: true, marks: true, faults: true } as const;

/** All rows of a sheet in the order of the file, or some of them. */
export async function listRows(
  tx: ScopedTx,
  batchId: string,
  some: { readonly onlyFaulty?: boolean; readonly skip?: number; readonly take?: number } = {},
): Promise<readonly KeptRow[]> {
  const { organizationId } = tx.scope;
  const rows = await tx.db.importRow.findMany({
    where: {
      organizationId,
      batchId,
      ...(some.onlyFaulty ? { NOT: { faults: { equals: [] } } } : {}),
    },
    select: ROW,
    orderBy: { number: "asc" },
    skip: some.skip ?? 0,
    take: some.take ?? 20_000,
  });
  return rows.map(rowOf);
}

/** One row by its number; null where the file has none. */
export async function findRow(
  tx: ScopedTx,
  batchId: string,
  number: number,
): Promise<KeptRow | null> {
  const { organizationId } = tx.scope;
  const row = await tx.db.importRow.findFirst({
    where: { organizationId, batchId, number },
    select: ROW,
  });
  return row && rowOf(row);
}
