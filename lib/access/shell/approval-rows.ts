import { assert } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import { type ApprovalContent, type ApprovalTerms, approvalHash } from "../core/approval-hash";
import { APPROVAL_KINDS, parseApprovalKind } from "../core/approval-kinds";
import { areEqual } from "../core/framed-bytes";
import type { OrgScope } from "../core/scope";
import { isWithinBuildings } from "../core/within-buildings";
import { recordAudit } from "./audit";
import type { ScopedTx } from "./in-scope";

export type Approval = ApprovalTerms & {
  readonly id: string;
  readonly requestedBy: string;
  readonly decidedBy: string | null;
};

export type Found = Approval & {
  readonly state: string;
  readonly expiresAt: Date;
  readonly hash: Uint8Array<ArrayBuffer>;
};

/** A request that the scope may see in this part: its kind by permission, its place by building. */
export async function findOpen(
  tx: ScopedTx<OrgScope>,
  approvalId: string,
  part: "request" | "approve",
): Promise<Found | null> {
  const found = await findRequest(tx, approvalId);
  if (!found || !tx.scope.permissions.includes(APPROVAL_KINDS[found.kind][part])) return null;
  return isWithinBuildings(tx.scope, found.buildingId) ? found : null;
}

/**
 * A request that the scope may carry out, or have asked for: its kind by permission, its place by
 * building. Null for all others.
 */
export function findApproval(
  tx: ScopedTx<OrgScope>,
  approvalId: string,
): Promise<(Approval & { readonly state: string }) | null> {
  return findOpen(tx, approvalId, "request");
}

/** A request by id, whoever's affair; null for none, and for a kind of a newer version. */
export async function findRequest(tx: ScopedTx, id: string): Promise<Found | null> {
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

export const hexOf = (hash: Uint8Array) => Buffer.from(hash).toString("hex");

/** Writes a step into the audit trail: what was asked for by its hash alone. */
export function recordStep(
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
