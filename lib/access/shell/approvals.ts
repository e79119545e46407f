import { assert, err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";
import { type ApprovalContent, type ApprovalTerms, approvalHash } from "../core/approval-hash";
import { APPROVAL_KINDS, type ApprovalKind, parseApprovalKind } from "../core/approval-kinds";
import { areEqual } from "../core/framed-bytes";
import type { OrgScope } from "../core/scope";
import { isWithinBuildings } from "../core/within-buildings";
import type { ApprovalError, UseApprovalError } from "../errors";
import { recordAudit } from "./audit";
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

/** A decision names the request as it was read: its id, and the hash the page carried. */
export type Decision = {
  readonly approvalId: string;
  /** 64 hex digits. */
  readonly requestHash: string;
  readonly isApproved: boolean;
  readonly now: Date;
};

export type Approval = ApprovalTerms & {
  readonly id: string;
  readonly requestedBy: string;
  readonly decidedBy: string | null;
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

type Found = Approval & {
  readonly state: string;
  readonly expiresAt: Date;
  readonly hash: Uint8Array<ArrayBuffer>;
};

/** A request that the scope may see in this part: its kind by permission, its place by building. */
async function findOpen(
  tx: ScopedTx<OrgScope>,
  approvalId: string,
  part: "request" | "approve",
): Promise<Found | null> {
  const found = await findRequest(tx, approvalId);
  if (!found || !tx.scope.permissions.includes(APPROVAL_KINDS[found.kind][part])) return null;
  return isWithinBuildings(tx.scope, found.buildingId) ? found : null;
}

async function findRequest(tx: ScopedTx, id: string): Promise<Found | null> {
  if (!isId(id)) return null;
  const { organizationId } = tx.scope;
  const row = await tx.db.approvalRequest.findUnique({
    where: { organizationId_id: { organizationId, id } },
  });
  const kind = row && parseApprovalKind(row.kind);
  if (!kind) return null;
  const { requestHash, request, ...rest } = row;
  const found = { ...rest, kind, hash: requestHash, request: request as ApprovalContent };
  // Whoever changed the row past this file must not have it approved, carried out or used.
  assert(areEqual(approvalHash(found), requestHash), "a request is what its hash says");
  return found;
}

const hexOf = (hash: Uint8Array) => Buffer.from(hash).toString("hex");

function recordStep(
  tx: ScopedTx,
  action: `approval.${"requested" | "approved" | "declined" | "withdrawn" | "edited" | "used"}`,
  step: {
    readonly id: string;
    readonly kind: string;
    readonly hash: Uint8Array;
    readonly now: Date;
  },
): Promise<void> {
  const { id, kind, hash, now } = step;
  const detail = { kind, request: hexOf(hash) };
  return recordAudit(tx, { at: now, action, subjectKind: "approval", subjectId: id, detail });
}
