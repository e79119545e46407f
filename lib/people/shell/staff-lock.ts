import type { ScopedTx } from "@/lib/access";
import { type MembershipRole, parseMembershipRole } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import type { Buildings } from "../core/role-change";

/**
 * Makes everything that changes who is staff of an organization wait for each other, in the
 * caller's transaction, and gives the ids of its full administrators. The organization's row is
 * the lock, not the administrators' own: two who remove one another would each hold the other's
 * row, and an invitation that is being accepted has no row of a member yet. Nothing hot locks it.
 */
export async function lockStaff(tx: ScopedTx): Promise<readonly string[]> {
  const { organizationId } = tx.scope;
  await tx.db.$queryRaw`SELECT 1 FROM organization
    WHERE organization_id = ${organizationId}::uuid FOR NO KEY UPDATE`;
  const rows = await tx.db.membership.findMany({
    where: { organizationId, role: "administrator", allBuildings: true },
    select: { userId: true },
    orderBy: { userId: "asc" },
  });
  return rows.map((row) => row.userId);
}

export type Member = {
  readonly userId: string;
  readonly role: MembershipRole;
  readonly isLimited: boolean;
  readonly buildings: Buildings;
  readonly since: Date;
  /** When support's time is over; null for everybody else. */
  readonly endsAt: Date | null;
};

export const MEMBER = {
  userId: true,
  role: true,
  allBuildings: true,
  endsAt: true,
  createdAt: true,
  buildings: { select: { buildingId: true }, orderBy: { buildingId: "asc" } },
} as const;

export function memberOf(row: {
  readonly userId: string;
  readonly role: string;
  readonly allBuildings: boolean;
  readonly endsAt: Date | null;
  readonly createdAt: Date;
  readonly buildings: readonly { readonly buildingId: string }[];
}): Member {
  const role = parseMembershipRole(row.role);
  assert(role !== null, "the database holds roles that we know");
  return {
    userId: row.userId,
    role,
    isLimited: !row.allBuildings,
    buildings: row.allBuildings ? null : row.buildings.map((one) => one.buildingId),
    since: row.createdAt,
    endsAt: row.endsAt,
  };
}

/** A member whose time is not over; null for who is none, here or at all. */
export async function findStanding(
  tx: ScopedTx,
  userId: string,
  now: Date,
): Promise<Member | null> {
  const { organizationId } = tx.scope;
  const row = await tx.db.membership.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
    select: MEMBER,
  });
  if (!row || (row.endsAt && row.endsAt <= now)) return null;
  return memberOf(row);
}

/** Whether every one of the buildings is this organization's. */
export async function hasBuildings(tx: ScopedTx, buildings: Buildings): Promise<boolean> {
  if (buildings === null) return true;
  const { organizationId } = tx.scope;
  const count = await tx.db.building.count({
    where: { organizationId, id: { in: [...buildings] } },
  });
  return count === new Set(buildings).size;
}

/** The facts of a standing as the audit trail keeps them. */
export function standingFacts({ role, buildings }: Pick<Member, "role" | "buildings">) {
  return { role, buildings: buildings === null ? "all" : buildings.toSorted().join(" ") };
}
