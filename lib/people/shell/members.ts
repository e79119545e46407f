import { forgetMember, inScope, requestApproval, type ScopedTx } from "@/lib/access";
import type { OrgScope, Role } from "@/lib/access/shared";
import { endSessions } from "@/lib/identity";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import { isFullAdministrator, judgeChange } from "../core/member-rules";
import {
  type Buildings,
  buildingsText,
  encodeRoleChange,
  type RoleChange,
} from "../core/role-change";
import type { MemberError } from "../errors";
import { applyRemoval, applyStanding, type How } from "./apply-change";
import { findStanding, hasBuildings, lockStaff, MEMBER, type Member, memberOf } from "./staff-lock";

export type MemberView = Member & {
  /** Nobody else could manage the organization: no way out but handing over. */
  readonly isLastAdministrator: boolean;
};

const MOST_MEMBERS = 500;

/** Everybody who is staff at this moment, administrators first, then by how long. */
export async function listMembers(scope: OrgScope, now: Date): Promise<readonly MemberView[]> {
  const { organizationId } = scope;
  const rows = await inScope(scope, (tx) =>
    tx.db.membership.findMany({
      where: { organizationId, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
      select: MEMBER,
      orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
      take: MOST_MEMBERS,
    }),
  );
  const members = rows.map(memberOf);
  const full = members.filter(isFullAdministrator);
  const views = members.map((member) => ({
    ...member,
    isLastAdministrator: full.length === 1 && full[0]?.userId === member.userId,
  }));
  const rankOf = (member: Member) => (isFullAdministrator(member) ? 0 : 1);
  return views.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** One member; null for somebody who is none of this organization. */
export async function findMember(
  scope: OrgScope,
  userId: string,
  now: Date,
): Promise<MemberView | null> {
  const members = isId(userId) ? await listMembers(scope, now) : [];
  return members.find((member) => member.userId === userId) ?? null;
}

/** It was done, or a second person was asked for it. */
export type ChangeOutcome = "changed" | "asked";

type Change = {
  readonly userId: string;
  /** For the second person, where one is needed; "" otherwise. */
  readonly reason: string;
  readonly now: Date;
};

/**
 * Gives a member another role and other buildings. The person signs in again, and has the new
 * rights from the next request on. Support is not changed, it ends.
 */
export async function changeMember(
  scope: OrgScope,
  change: Change & { readonly role: Role; readonly buildings: Buildings },
): Promise<Result<ChangeOutcome, MemberError>> {
  const { role, buildings, now } = change;
  const done = await decide(scope, change, {
    isRefused: async (tx, member) => {
      if (member.role === "support") return { code: "not-found" };
      const isSame = buildingsText(member.buildings) === buildingsText(buildings);
      if (member.role === role && isSame) return { code: "nothing-changed" };
      return (await hasBuildings(tx, buildings)) ? null : { code: "building-not-found" };
    },
    to: { role, isLimited: buildings !== null },
    ask: (from) => ({ change: "role", ...from, role, buildings }),
    carryOut: (tx, member, how) => applyStanding(tx, member, { role, buildings }, { how, now }),
  });
  if (done.ok && done.value === "changed") await endSessions(change.userId);
  return done;
}

/**
 * Removes a member, or lets one leave where it is the scope's own person. Out at the next request.
 */
export async function removeMember(
  scope: OrgScope,
  change: Change,
): Promise<Result<ChangeOutcome, MemberError>> {
  const { userId, now } = change;
  const done = await decide(scope, change, {
    isRefused: async () => null,
    to: null,
    ask: (from) => ({ change: "remove", ...from }),
    carryOut: (tx, member, how) => applyRemoval(tx, member, { how, now }),
  });
  if (done.ok && done.value === "changed") {
    await forgetMember(userId, scope.organizationId);
    await endSessions(userId);
  }
  return done;
}

/** Takes the scope's own person out of the organization. */
export function leaveOrganization(
  scope: OrgScope,
  now: Date,
): Promise<Result<ChangeOutcome, MemberError>> {
  return removeMember(scope, { userId: scope.userId, reason: "", now });
}

type Plan = {
  readonly isRefused: (tx: ScopedTx, member: Member) => Promise<MemberError | null>;
  readonly to: { readonly role: Role; readonly isLimited: boolean } | null;
  readonly ask: (from: {
    readonly fromRole: Member["role"];
    readonly fromBuildings: Buildings;
  }) => RoleChange;
  readonly carryOut: (tx: ScopedTx, member: Member, how: How) => Promise<void>;
};

function decide(
  scope: OrgScope,
  { userId, reason, now }: Change,
  plan: Plan,
): Promise<Result<ChangeOutcome, MemberError>> {
  return inScope(scope, async (tx): Promise<Result<ChangeOutcome, MemberError>> => {
    const administrators = await lockStaff(tx);
    const member = isId(userId) ? await findStanding(tx, userId, now) : null;
    if (!member) return err({ code: "not-found" });
    const refusal = await plan.isRefused(tx, member);
    if (refusal) return err(refusal);
    const { to } = plan;
    const verdict = judgeChange({ administrators, actorId: scope.userId, target: member, to });
    switch (verdict) {
      case "last-administrator":
        return err({ code: verdict });
      case "second-person": {
        const { role: fromRole, buildings: fromBuildings } = member;
        const asked = plan.ask({ fromRole, fromBuildings });
        return askSecondPerson(tx, asked, { subjectKind: "user", subjectId: userId, reason, now });
      }
      case "alone":
      case "plain":
        await plan.carryOut(tx, member, verdict === "alone" ? { alone: true } : {});
        return ok("changed");
    }
  });
}

/** Asks for a second person, once a subject at a time. */
export async function askSecondPerson(
  tx: ScopedTx<OrgScope>,
  change: RoleChange,
  about: {
    readonly subjectKind: "user" | "invitation";
    readonly subjectId: string;
    readonly reason: string;
    readonly now: Date;
  },
): Promise<Result<"asked", { readonly code: "reason-needed" | "already-asked" }>> {
  const { subjectId, reason, now } = about;
  if (reason === "") return err({ code: "reason-needed" });
  const { organizationId } = tx.scope;
  const waiting = await tx.db.approvalRequest.findFirst({
    where: {
      organizationId,
      kind: "role-change",
      subjectId,
      state: "waiting",
      expiresAt: { gt: now },
    },
    select: { id: true },
  });
  if (waiting) return err({ code: "already-asked" });
  const request = encodeRoleChange(change);
  await requestApproval(tx, { kind: "role-change", buildingId: null, request, ...about });
  return ok("asked");
}
