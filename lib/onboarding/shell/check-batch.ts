import type { ScopedTx } from "@/lib/access";
import { instantOfCivilTime, startOfCivilDay } from "@/lib/property";
import { type CheckedSheet, checkSheet } from "../core/check-sheet";
import type { Calendar } from "../core/known-property";
import { countsOf } from "../core/plan";
import { type Batch, listRows } from "./batch-rows";
import { knownOfSheet } from "./known-of-sheet";

/** What all rows of a large sheet may take to be kept, judged, made and taken out. */
export const SHEET_TIMEOUT = { timeoutMs: 90_000 } as const;

const CALENDAR: Calendar = { startOfDay: startOfCivilDay, instantOf: instantOfCivilTime };

/**
 * Judges all rows of an import beside what is on record now, and keeps what it found. In the
 * caller's transaction; the batch's own row is the caller's to lock.
 */
export async function checkBatch(
  tx: ScopedTx,
  batch: Pick<Batch, "id" | "mapping" | "dayOrder">,
  now: Date,
): Promise<CheckedSheet> {
  const { organizationId } = tx.scope;
  const rows = await listRows(tx, batch.id);
  const { mapping, dayOrder } = batch;
  const known = await knownOfSheet(tx, { rows, mapping });
  const checked = checkSheet({ rows, mapping, dayOrder }, { known, calendar: CALENDAR, now });
  const found = rows
    .map(({ number, faults }) => ({
      number,
      faults: checked.faults.get(number) ?? [],
      had: faults,
    }))
    .filter(({ faults, had }) => faults.length > 0 || had.length > 0)
    .map(({ number, faults }) => ({ number, faults }));
  await tx.db.$executeRaw`
    UPDATE import_row r SET faults = found.faults
      FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS found(number int, faults jsonb)
     WHERE r.organization_id = ${organizationId}::uuid AND r.batch_id = ${batch.id}::uuid
       AND r.number = found.number`;
  await tx.db.importBatch.updateMany({
    where: { organizationId, id: batch.id },
    data: { counts: countsOf(checked.plan), faultRows: checked.faults.size, checkedAt: now },
  });
  return checked;
}
