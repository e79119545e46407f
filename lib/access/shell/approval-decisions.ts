import { err, ok, type Result } from "@/lib/kernel";
import { type ApprovalContent, approvalHash } from "../core/approval-hash";
import type { ApprovalKind } from "../core/approval-kinds";
import { areEqual } from "../core/framed-bytes";
import type { OrgScope } from "../core/scope";
import type { ApprovalError, UseApprovalError } from "../errors";
import { type Approval, findOpen, findRequest, hexOf, recordStep } from "./approval-rows";
import { inScope, type ScopedTx } from "./in-scope";

export type { Approval };

/** A decision names the request as it was read: its id, and the hash the page carried. */
export type Decision = {
  readonly approvalId: string;
  /** 64 hex digits. */
  readonly requestHash: string;
  readonly isApproved: boolean;
  readonly now: Date;
};

/**
 * Approves or declines. Refused to who asked, after an edit, after the time, and a second time.
 * `carryOut` runs in the same transaction after an approval, for what needs no further hand.
 */
export function decideApproval(
  scope: OrgScope,
  decision: Decision,
  carryOut?: (tx: ScopedTx<OrgScope>, approval: Approval) => Promise<void>,
): Promise<Result<Approval, ApprovalError>> {
  const { approvalId, isApproved, now } = decision;
  return inScope(scope, async (tx): Promise<Result<Approval, ApprovalError>> => {
    const found = await findOpen(tx, approvalId, "approve");
    if (!found) return err({ code: "not-found" });
    if (found.state !== "waiting") return err({ code: "already-decided" });
    if (found.expiresAt <= now) return err({ code: "expired" });
    if (found.requestedBy === scope.userId) return err({ code: "own-request" });
    if (hexOf(found.hash) !== decision.requestHash) return err({ code: "edited" });
    const state = isApproved ? "approved" : "declined";
    const { organizationId } = scope;
    const moved = await tx.db.approvalRequest.updateMany({
      where: { organizationId, id: approvalId, state: "waiting", requestHash: found.hash },
      data: { state, decidedBy: scope.userId, decidedAt: now },
    });
    if (moved.count === 0) return err({ code: "already-decided" });
    const { kind, hash } = found;
    await recordStep(tx, `approval.${state}`, { id: approvalId, kind, hash, now });
    const approval: Approval = { ...found, decidedBy: scope.userId };
    if (isApproved) await carryOut?.(tx, approval);
    return ok(approval);
  });
}

/**
 * Uses an approval for what is about to be done, in the caller's transaction: once, in time, and
 * only for exactly what was approved. A SQL function that does the same keeps the same rules.
 */
export async function takeApproval(
  tx: ScopedTx,
  use: {
    readonly approvalId: string;
    readonly kind: ApprovalKind;
    readonly subjectId: string;
    readonly request: ApprovalContent;
    readonly now: Date;
  },
): Promise<Result<Approval, UseApprovalError>> {
  const { approvalId, kind, subjectId, request, now } = use;
  const found = await findRequest(tx, approvalId);
  if (found?.state !== "approved" || found.kind !== kind) return err({ code: "not-approved" });
  if (found.expiresAt <= now) return err({ code: "expired" });
  const hash = approvalHash({ ...found, subjectId, request });
  if (!areEqual(hash, found.hash)) return err({ code: "other-request" });
  const moved = await tx.db.approvalRequest.updateMany({
    where: { organizationId: tx.scope.organizationId, id: approvalId, state: "approved" },
    data: { state: "used", usedAt: now },
  });
  if (moved.count === 0) return err({ code: "not-approved" });
  await recordStep(tx, "approval.used", { id: approvalId, kind, hash, now });
  return ok(found);
}
