import { type Approval, recordAudit, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { endSessions } from "@/lib/identity";
import { isId, systemClock } from "@/lib/platform";
import { judgeChange } from "../core/member-rules";
import { buildingsText, parseRoleChange, type RoleChange } from "../core/role-change";
import { applyRemoval, applyStanding } from "./apply-change";
import { findStanding, hasBuildings, lockStaff } from "./staff-lock";

type Void =
  | "malformed"
  | "asker-gone"
  | "not-a-member"
  | "changed-meanwhile"
  | "last-administrator"
  | "building-gone"
  | "invitation-closed";

/**
 * Does what an approval of the kind `role-change` was given for, in the transaction that approves
 * it. Everything is asked anew, for days may lie between: what is no longer possible leaves an
 * entry in the trail and changes nothing.
 */
export async function carryOutRoleChange(
  tx: ScopedTx<OrgScope>,
  approval: Approval,
): Promise<void> {
  // The decision's own instant is not handed on, and is now.
  const now = systemClock.now();
  const change = parseRoleChange(approval.request);
  const why = change ? await attempt(tx, { approval, change, now }) : "malformed";
  if (why === null) return;
  await recordAudit(tx, {
    at: now,
    action: "membership.change-void",
    subjectKind: approval.subjectKind,
    subjectId: approval.subjectId,
    detail: { approvalId: approval.id, why },
  });
}

type Work = { readonly approval: Approval; readonly change: RoleChange; readonly now: Date };

async function attempt(tx: ScopedTx<OrgScope>, work: Work): Promise<Void | null> {
  const administrators = await lockStaff(tx);
  if (!administrators.includes(work.approval.requestedBy)) return "asker-gone";
  return work.change.change === "invite"
    ? approveInvitation(tx, work)
    : changeStanding(tx, { ...work, change: work.change, administrators });
}

async function changeStanding(
  tx: ScopedTx<OrgScope>,
  work: Work & {
    readonly change: Exclude<RoleChange, { readonly change: "invite" }>;
    readonly administrators: readonly string[];
  },
): Promise<Void | null> {
  const { approval, change, administrators, now } = work;
  const { subjectId, requestedBy: actorId } = approval;
  const member = isId(subjectId) ? await findStanding(tx, subjectId, now) : null;
  if (!member) return "not-a-member";
  const stands = buildingsText(member.buildings) === buildingsText(change.fromBuildings);
  if (member.role !== change.fromRole || !stands) return "changed-meanwhile";
  const isRole = change.change === "role";
  const to = isRole ? { role: change.role, isLimited: change.buildings !== null } : null;
  const verdict = judgeChange({ administrators, actorId, target: member, to });
  if (verdict === "last-administrator") return verdict;
  if (isRole && !(await hasBuildings(tx, change.buildings))) return "building-gone";
  const how = { how: { approvalId: approval.id }, now };
  if (isRole) await applyStanding(tx, member, change, how);
  else await applyRemoval(tx, member, how);
  // Ended before the commit, which is the caller's: at worst somebody signs in again for nothing.
  // An entry of the directory may stay behind, for it gives no right without the membership.
  await endSessions(subjectId);
  return null;
}

async function approveInvitation(
  tx: ScopedTx<OrgScope>,
  { approval, change, now }: Work,
): Promise<Void | null> {
  const { organizationId } = tx.scope;
  const { subjectId: id } = approval;
  const found = await tx.db.invitation.findFirst({
    where: { organizationId, id, awaitsApproval: true, acceptedAt: null, revokedAt: null },
    select: {
      role: true,
      allBuildings: true,
      buildings: { select: { buildingId: true } },
    },
  });
  if (!found || change.change !== "invite") return "invitation-closed";
  const buildings = found.allBuildings ? null : found.buildings.map((one) => one.buildingId);
  const isSame = buildingsText(buildings) === buildingsText(change.buildings);
  if (found.role !== change.role || !isSame) return "changed-meanwhile";
  await tx.db.invitation.updateMany({
    where: { organizationId, id, awaitsApproval: true },
    data: { awaitsApproval: false },
  });
  await recordAudit(tx, {
    at: now,
    action: "invitation.approved",
    subjectKind: "invitation",
    subjectId: id,
    detail: { approvalId: approval.id },
  });
  return null;
}
