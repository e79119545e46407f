import { createHash } from "node:crypto";
import type { ApprovalKind } from "./approval-kinds";
import { framedBytes } from "./framed-bytes";

/** What is asked for, by name: ids, amounts as text, words of closed lists. Nothing personal. */
export type ApprovalContent = Readonly<Record<string, string | number | boolean>>;

export type ApprovalTerms = {
  readonly organizationId: string;
  readonly kind: ApprovalKind;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly buildingId: string | null;
  readonly request: ApprovalContent;
  readonly reason: string;
};

/**
 * SHA-256 over all that is asked for: whoever approves, approves this and nothing beside it. The
 * order in which the values were named does not matter; what kind of value it is does.
 */
export function approvalHash(terms: ApprovalTerms): Uint8Array {
  const { organizationId, kind, subjectKind, subjectId, buildingId, request, reason } = terms;
  const names = Object.keys(request).toSorted();
  const values = names.flatMap((name) => [name, JSON.stringify(request[name])]);
  const fixed = [organizationId, kind, subjectKind, subjectId, buildingId, reason];
  return createHash("sha256")
    .update(framedBytes("voltlet approval 1", [...fixed, ...values]))
    .digest();
}
