import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { type Batch, findBatch, findRow, type KeptRow, listBatches, listRows } from "./batch-rows";
import { type UnprovedMeters, unprovedMeters } from "./unproved-meters";

export type ImportView = Batch;

/** An organization's imports, the newest first. */
export function listImports(
  scope: OrgScope,
  { take }: { readonly take: number },
): Promise<readonly ImportView[]> {
  return inScope(scope, (tx) => listBatches(tx, take));
}

export type SheetPage = {
  readonly batch: ImportView;
  readonly rows: readonly KeptRow[];
  /** The row that somebody is correcting. */
  readonly chosen: KeptRow | null;
  /** Of one that stands: what is left to do before its meters sell to everybody. */
  readonly unproved: UnprovedMeters;
};

const NONE: UnprovedMeters = { count: 0, meters: [] };

/** A page of an import's rows. Null for an import that is not this organization's. */
export function findSheetPage(
  scope: OrgScope,
  asked: {
    readonly batchId: string;
    readonly onlyFaulty: boolean;
    readonly skip: number;
    readonly take: number;
    readonly row: number | null;
  },
): Promise<SheetPage | null> {
  return inScope(scope, async (tx) => {
    const batch = await findBatch(tx, asked.batchId);
    if (!batch) return null;
    const rows = await listRows(tx, batch.id, asked);
    const chosen = asked.row === null ? null : await findRow(tx, batch.id, asked.row);
    const unproved = batch.state === "applied" ? await unprovedMeters(tx, batch.id) : NONE;
    return { batch, rows, chosen, unproved };
  });
}
