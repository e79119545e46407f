import { recordAudit, type ScopedTx } from "@/lib/access";
import type { Role } from "@/lib/access/shared";
import { isFullAdministrator } from "../core/member-rules";
import type { Buildings } from "../core/role-change";
import { type Member, standingFacts } from "./staff-lock";

/** How a change came about, for the trail: alone where two were wanted, or by which approval. */
export type How = { readonly alone?: true; readonly approvalId?: string };

/** Gives a member another role and other buildings, in the caller's transaction. */
export async function applyStanding(
  tx: ScopedTx,
  member: Member,
  to: { readonly role: Role; readonly buildings: Buildings },
  { how, now }: { readonly how: How; readonly now: Date },
): Promise<void> {
  const { organizationId } = tx.scope;
  const { userId } = member;
  await tx.db.membershipBuilding.deleteMany({ where: { organizationId, userId } });
  await tx.db.membership.updateMany({
    where: { organizationId, userId },
    data: { role: to.role, allBuildings: to.buildings === null },
  });
  await tx.db.membershipBuilding.createMany({
    data: (to.buildings ?? []).map((buildingId) => ({ organizationId, userId, buildingId })),
  });
  await recordAudit(tx, {
    at: now,
    action: "membership.changed",
    subjectKind: "user",
    subjectId: userId,
    detail: { userId, ...how },
    before: standingFacts(member),
    after: standingFacts(to),
  });
  const isDemoted = !isFullAdministrator({ role: to.role, isLimited: to.buildings !== null });
  if (isFullAdministrator(member) && isDemoted) await closeInvitationsBy(tx, userId, now);
}

/** Takes a member's right away, in the caller's transaction; the directory entry follows it. */
export async function applyRemoval(
  tx: ScopedTx,
  member: Member,
  { how, now }: { readonly how: How; readonly now: Date },
): Promise<void> {
  const { organizationId, ...scope } = tx.scope;
  const { userId } = member;
  const isOwn = "userId" in scope && scope.userId === userId;
  await tx.db.membershipBuilding.deleteMany({ where: { organizationId, userId } });
  await tx.db.membership.deleteMany({ where: { organizationId, userId } });
  await recordAudit(tx, {
    at: now,
    action: isOwn ? "membership.left" : "membership.removed",
    subjectKind: "user",
    subjectId: userId,
    detail: { userId, ...how },
    before: standingFacts(member),
  });
  await closeInvitationsBy(tx, userId, now);
}

// Whoever can no longer invite has no open invitations either: an address of one's own among them
// would be the way back in.
async function closeInvitationsBy(tx: ScopedTx, createdBy: string, now: Date): Promise<void> {
  const { organizationId } = tx.scope;
  const open = await tx.db.invitation.updateManyAndReturn({
    where: { organizationId, createdBy, acceptedAt: null, revokedAt: null },
    data: { revokedAt: now },
    select: { id: true },
  });
  for (const { id } of open) {
    const fact = { at: now, subjectKind: "invitation", subjectId: id, detail: {} };
    await recordAudit(tx, { ...fact, action: "invitation.revoked" });
  }
}
