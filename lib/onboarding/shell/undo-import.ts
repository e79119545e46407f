import { z } from "zod";
import { callScopedIn, inScope, recordAudit } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { OBSTACLES, type UndoImportError } from "../errors";
import { findBatch } from "./batch-rows";
import { SHEET_TIMEOUT } from "./check-batch";

const answerForm = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["undone", "not-applied"]) }),
  z.object({
    outcome: z.literal("in-use"),
    obstacles: z.partialRecord(z.enum(OBSTACLES), z.number()),
  }),
]);

/**
 * Takes out again exactly what an import made, while nothing has been sold, read or signed for it
 * since; or says what stands in the way, and then nothing is changed.
 */
export function undoImport(
  scope: OrgScope,
  undo: { readonly batchId: string; readonly now: Date },
): Promise<Result<void, UndoImportError>> {
  const { batchId, now } = undo;
  return inScope(
    scope,
    async (tx): Promise<Result<void, UndoImportError>> => {
      const batch = await findBatch(tx, batchId);
      if (!batch) return err({ code: "import-not-found" });
      const answer = answerForm.parse(await callScopedIn(tx, "import_undo", { batchId, now }));
      if (answer.outcome === "not-applied") return err({ code: "not-applied" });
      if (answer.outcome === "in-use") return err({ code: "in-use", obstacles: answer.obstacles });
      const { buildings, units, beds, meters, leases } = batch.counts;
      await recordAudit(tx, {
        at: now,
        action: "import.undone",
        subjectKind: "import",
        subjectId: batchId,
        detail: { file: batch.fileName, newBuildings: buildings, units, beds, meters, leases },
      });
      return ok(undefined);
    },
    SHEET_TIMEOUT,
  );
}
