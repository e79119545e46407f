import type { MembershipRole } from "@/lib/access/shared";

/** A role, and whether it is limited to buildings. */
export type Standing = { readonly role: MembershipRole; readonly isLimited: boolean };

/** Who can manage members, and so must never be nobody. */
export function isFullAdministrator({ role, isLimited }: Standing): boolean {
  return role === "administrator" && !isLimited;
}

/** A change of who is staff, with all that its judgement depends on. */
export type StaffChange = {
  /** Who the full administrators are, by id. */
  readonly administrators: readonly string[];
  readonly actorId: string;
  /** Whose standing changes; null for somebody who is only invited. */
  readonly target: (Standing & { readonly userId: string }) | null;
  /** Null for who is removed or leaves. */
  readonly to: Standing | null;
};

export type Verdict =
  /** Nobody could manage the organization any more. */
  | "last-administrator"
  /** Another administrator has to approve it. */
  | "second-person"
  /** It would need a second person, and there is none. */
  | "alone"
  | "plain";

/**
 * What has to happen for a change: raising to administrator, and changing another administrator,
 * takes a second person where there is one. Nobody needs one to step down or leave.
 */
export function judgeChange({ administrators, actorId, target, to }: StaffChange): Verdict {
  const isOwn = target?.userId === actorId;
  const others = administrators.filter((userId) => userId !== target?.userId);
  const remains = others.length > 0 || (to !== null && isFullAdministrator(to));
  if (target && isFullAdministrator(target) && !remains) return "last-administrator";
  const isRaised = to?.role === "administrator" && !(target && isSame(target, to));
  const isAnothers = !isOwn && target?.role === "administrator";
  // Stepping from limited to unlimited is a raise, the other way round is stepping down.
  const isOwnStepDown = isOwn && target && isFullAdministrator(target);
  if (isOwnStepDown || !(isRaised || isAnothers)) return "plain";
  return administrators.some((userId) => userId !== actorId) ? "second-person" : "alone";
}

const isSame = (one: Standing, other: Standing) =>
  one.role === other.role && one.isLimited === other.isLimited;
