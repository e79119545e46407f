import { assert, err, ok, type Result } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { type ApprovalContent, approvalHash } from "../core/approval-hash";
import { APPROVAL_KINDS, type ApprovalKind } from "../core/approval-kinds";
import type { OrgScope } from "../core/scope";
import { isWithinBuildings } from "../core/within-buildings";
import type { ApprovalError } from "../errors";
import { findOpen, recordStep } from "./approval-rows";
import { inScope, type ScopedTx } from "./in-scope";

// A request waits for somebody else, is approved or declined by its hash, and is used once, in the
// transaction that does what was asked for. Every step moves the row `where state = from`, so that
// of two at once one succeeds. Expiry is a fact of the clock and changes no row.

const HOUR_MS = 3_600_000;

export type NewApproval = {
  readonly kind: ApprovalKind;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** The building it is about; null where it is about the whole organization. */
  readonly buildingId: string | null;
  readonly request: ApprovalContent;
  /** Why, in the words of who asks. */
  readonly reason: string;
  readonly now: Date;
};

/**
 * Asks for a second person, in the caller's transaction, and gives the id. Throws when the scope
 * may not ask for this kind or for this building: a page that offers it has asked for the
 * permission, and looked the subject up within the scope.
 */
export async function requestApproval(tx: ScopedTx<OrgScope>, asked: NewApproval): Promise<string> {
  const { organizationId, userId, permissions } = tx.scope;
  const { now, ...terms } = asked;
  const kind = APPROVAL_KINDS[asked.kind];
  if (!permissions.includes(kind.request)) throw new Error(`may not ask for ${asked.kind}`);
  assert(isWithinBuildings(tx.scope, asked.buildingId), "a request is about one's own buildings");
  const id = newId();
  const hash = approvalHash({ organizationId, ...terms });
  await tx.db.approvalRequest.createMany({
    data: [
      {
        organizationId,
        id,
        ...terms,
        requestHash: new Uint8Array(hash),
        state: "waiting",
        requestedBy: userId,
        requestedAt: now,
        expiresAt: new Date(now.getTime() + kind.validHours * HOUR_MS),
      },
    ],
  });
  await recordStep(tx, "approval.requested", { id, kind: asked.kind, hash, now });
  return id;
}

/** Takes a request back. Only who asked may, and only while it waits. */
export function withdrawApproval(
  scope: OrgScope,
  approvalId: string,
  now: Date,
): Promise<Result<null, ApprovalError>> {
  return inScope(scope, async (tx): Promise<Result<null, ApprovalError>> => {
    const found = await findOpen(tx, approvalId, "request");
    if (found?.requestedBy !== scope.userId) return err({ code: "not-found" });
    const moved = await tx.db.approvalRequest.updateMany({
      where: { organizationId: scope.organizationId, id: approvalId, state: "waiting" },
      data: { state: "withdrawn" },
    });
    if (moved.count === 0) return err({ code: "already-decided" });
    const { kind, hash } = found;
    await recordStep(tx, "approval.withdrawn", { id: approvalId, kind, hash, now });
    return ok(null);
  });
}

/**
 * Edits what was asked for and why, while it waits. Its hash changes, so that a decision on what
 * was read before is refused; its time begins anew.
 */
export function editApproval(
  scope: OrgScope,
  edit: {
    readonly approvalId: string;
    readonly request: ApprovalContent;
    readonly reason: string;
    readonly now: Date;
  },
): Promise<Result<null, ApprovalError>> {
  const { approvalId, request, reason, now } = edit;
  return inScope(scope, async (tx): Promise<Result<null, ApprovalError>> => {
    const found = await findOpen(tx, approvalId, "request");
    if (found?.requestedBy !== scope.userId) return err({ code: "not-found" });
    const hash = approvalHash({ ...found, request, reason });
    const moved = await tx.db.approvalRequest.updateMany({
      where: { organizationId: scope.organizationId, id: approvalId, state: "waiting" },
      data: {
        request,
        reason,
        requestHash: new Uint8Array(hash),
        requestedAt: now,
        expiresAt: new Date(now.getTime() + APPROVAL_KINDS[found.kind].validHours * HOUR_MS),
      },
    });
    if (moved.count === 0) return err({ code: "already-decided" });
    await recordStep(tx, "approval.edited", { id: approvalId, kind: found.kind, hash, now });
    return ok(null);
  });
}
