import { type Approval, inScope, recordAudit, type ScopedTx, takeApproval } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import type { WithdrawError } from "../errors";
import { approvedContent } from "./schedule-version";

/**
 * Puts a version in force that a second person approved, in the transaction of the approval. One
 * whose start has passed starts now: nobody was priced by it before. A version that was withdrawn
 * in the meantime stays withdrawn.
 */
export async function carryOutTariffApproval(
  tx: ScopedTx<OrgScope>,
  approval: Approval,
  now: Date,
): Promise<void> {
  const { organizationId } = tx.scope;
  const { versionId } = approval.request;
  if (typeof versionId !== "string" || !isId(versionId)) return;
  const version = await tx.db.tariffVersion.findFirst({
    where: { organizationId, id: versionId, state: "waiting", approvalId: approval.id },
  });
  if (!version) return;
  const { tariffId, startsAt, definition, referenceTariffId } = version;
  const request = approvedContent({ versionId, startsAt, definition, referenceTariffId });
  const use = { approvalId: approval.id, kind: approval.kind, subjectId: tariffId, request, now };
  const taken = await takeApproval(tx, use);
  assert(taken.ok, "a version is what was approved");
  const moved = await tx.db.tariffVersion.updateMany({
    where: { organizationId, id: versionId, state: "waiting" },
    data: { state: "active", startsAt: startsAt > now ? startsAt : now },
  });
  assert(moved.count === 1, "a version is approved once");
  await recordAudit(tx, {
    at: now,
    action: "tariff.version-approved",
    subjectKind: "tariff",
    subjectId: tariffId,
    detail: { versionId, approvalId: approval.id },
  });
}

/** Takes back a version that has not started, or that still waits for a second person. */
export function withdrawVersion(
  scope: OrgScope,
  given: { readonly tariffId: string; readonly versionId: string; readonly now: Date },
): Promise<Result<null, WithdrawError>> {
  const { tariffId, versionId, now } = given;
  const { organizationId } = scope;
  return inScope(scope, async (tx): Promise<Result<null, WithdrawError>> => {
    if (!isId(tariffId) || !isId(versionId)) return err({ code: "not-found" });
    const known = { organizationId, id: versionId, tariffId };
    const version = await tx.db.tariffVersion.findFirst({ where: known, select: { id: true } });
    if (!version) return err({ code: "not-found" });
    const open = [{ state: "waiting" }, { state: "active", startsAt: { gt: now } }];
    const moved = await tx.db.tariffVersion.updateMany({
      where: { ...known, OR: open },
      data: { state: "withdrawn" },
    });
    if (moved.count === 0) return err({ code: "started" });
    await recordAudit(tx, {
      at: now,
      action: "tariff.version-withdrawn",
      subjectKind: "tariff",
      subjectId: tariffId,
      detail: { versionId },
    });
    return ok(null);
  });
}
