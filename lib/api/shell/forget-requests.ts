import { enqueueDueWork, inWorkerScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";

const DAY_MS = 24 * 60 * 60 * 1_000;
const KEPT_DAYS = 30;

/**
 * Forgets what a key was answered more than thirty days ago, and plans to come back tomorrow as
 * long as the key is in force or has answers left. For the worker.
 */
export function forgetRequests(scope: SystemScope, keyId: string, now: Date): Promise<void> {
  const { organizationId } = scope;
  return inWorkerScope(scope, async (tx) => {
    const startedAt = { lt: new Date(now.getTime() - KEPT_DAYS * DAY_MS) };
    await tx.db.apiRequest.deleteMany({ where: { organizationId, keyId, startedAt } });
    const key = await tx.db.apiKey.findUnique({
      where: { organizationId_id: { organizationId, id: keyId }, revokedAt: null },
      select: { id: true },
    });
    const left = key ? 1 : await tx.db.apiRequest.count({ where: { organizationId, keyId } });
    if (left > 0) await planForgetting(tx, keyId, now);
  });
}

/** Plans the next time. */
export function planForgetting(
  tx: Parameters<typeof enqueueDueWork>[0],
  keyId: string,
  now: Date,
): Promise<void> {
  const dueAt = new Date(now.getTime() + DAY_MS);
  return enqueueDueWork(tx, { subjectId: keyId, kind: "api.forget", dueAt });
}
