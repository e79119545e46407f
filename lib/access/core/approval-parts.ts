import { APPROVAL_KINDS, type ApprovalKind } from "./approval-kinds";
import { type Permission, parseMembershipRole, permissionsOf } from "./permissions";

/** The kinds in which somebody with these permissions has a part: asking or approving. */
export function kindsFor(
  permissions: readonly Permission[],
  part: "request" | "approve",
): readonly ApprovalKind[] {
  const kinds = Object.keys(APPROVAL_KINDS) as ApprovalKind[];
  return kinds.filter((kind) => permissions.includes(APPROVAL_KINDS[kind][part]));
}

/** A member as stored: who, by which role, until when, and for which buildings (null is all). */
export type StoredMember = {
  readonly userId: string;
  readonly role: string;
  readonly endsAt: Date | null;
  readonly buildingIds: readonly string[] | null;
};

/** Whether somebody else than who asked could approve a request: without one it waits in vain. */
export function hasSecondPerson(
  members: readonly StoredMember[],
  request: {
    readonly kind: ApprovalKind;
    readonly buildingId: string | null;
    readonly requestedBy: string;
  },
  now: Date,
): boolean {
  return members.some((member) => {
    const { userId, endsAt, buildingIds } = member;
    const role = parseMembershipRole(member.role);
    if (!role || userId === request.requestedBy || (endsAt && endsAt <= now)) return false;
    const isLimited = buildingIds !== null;
    const permissions = permissionsOf(role, { isLimited });
    if (!permissions.includes(APPROVAL_KINDS[request.kind].approve)) return false;
    return !isLimited || (request.buildingId !== null && buildingIds.includes(request.buildingId));
  });
}
