import { z } from "zod";
import { callScopedIn, inScope, recordAudit, type ScopedTx } from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { log } from "@/lib/platform";
import { type Batch, findBatch } from "./batch-rows";
import { checkBatch, SHEET_TIMEOUT } from "./check-batch";
import { rowsOfPlan } from "./rows-of-plan";

/** Something was there already, or overlaps: what somebody else did since the sheet was judged. */
const OVERTAKEN = ["23505", "23P01", "23503", "23514", "40P01"] as const;
const overtaken = z.union([
  z.object({
    meta: z.object({
      driverAdapterError: z.object({
        cause: z.object({ originalCode: z.enum(OVERTAKEN) }),
      }),
    }),
  }),
  z.object({ meta: z.object({ code: z.enum(OVERTAKEN) }) }),
  z.object({ code: z.enum(OVERTAKEN) }),
]);

/**
 * Carries out an import that somebody started: judges it once more beside what is on record now,
 * and makes all of it in one transaction. With a fault, or overtaken by somebody else, nothing is
 * made and the sheet stands open again with what is wrong. Harmless for one that is done.
 */
export async function applyImport(
  scope: OrgScope | SystemScope,
  batchId: string,
  now: Date,
): Promise<"applied" | "refused" | "nothing"> {
  try {
    return await inScope(scope, (tx) => applyOnce(tx, batchId, now), SHEET_TIMEOUT);
  } catch (error) {
    if (!overtaken.safeParse(error).success) throw error;
    log().warn({ batchId }, "an import was overtaken and is judged again");
    return await inScope(scope, (tx) => reopen(tx, batchId, now), SHEET_TIMEOUT);
  }
}

async function applyOnce(tx: ScopedTx, batchId: string, now: Date) {
  // Locked before it is judged: whoever comes second finds it done, and judges nothing.
  const { organizationId } = tx.scope;
  const { count } = await tx.db.importBatch.updateMany({
    where: { organizationId, id: batchId, state: "applying" },
    data: { state: "applying" },
  });
  const batch = count === 1 ? await findBatch(tx, batchId) : null;
  if (!batch) return "nothing";
  const { faults, plan } = await checkBatch(tx, batch, now);
  if (faults.size > 0) return reopen(tx, batchId, null);
  const rows = rowsOfPlan(plan, now);
  const answer = await callScopedIn(tx, "import_apply", {
    batchId,
    now,
    enteredBy: batch.createdBy,
    ...rows,
  });
  const { outcome } = z.object({ outcome: z.string() }).parse(answer);
  if (outcome !== "applied") return "nothing";
  await noteApplied(tx, batch, now);
  return "applied";
}

/** Back to where it can be mended; judged anew where that was not done just now. */
async function reopen(tx: ScopedTx, batchId: string, judgedAt: Date | null) {
  const { organizationId } = tx.scope;
  const { count } = await tx.db.importBatch.updateMany({
    where: { organizationId, id: batchId, state: "applying" },
    data: { state: "checked" },
  });
  if (count === 0) return "nothing";
  const batch = judgedAt && (await findBatch(tx, batchId));
  if (batch && judgedAt) await checkBatch(tx, batch, judgedAt);
  return "refused";
}

/** One entry for the whole sheet: docs/decisions/025-imports.md. */
async function noteApplied(tx: ScopedTx, batch: Batch, now: Date): Promise<void> {
  const { buildings, units, beds, meters, leases, readings } = batch.counts;
  await recordAudit(tx, {
    at: now,
    action: "import.applied",
    subjectKind: "import",
    subjectId: batch.id,
    detail: {},
    after: { file: batch.fileName, newBuildings: buildings, units, beds, meters, leases, readings },
    actor: { userId: batch.createdBy, origin: null },
  });
}
