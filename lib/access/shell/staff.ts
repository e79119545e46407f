import { authPool, prismaFor, runtimePool } from "@/lib/platform/databases";
import { type MembershipRole, parseMembershipRole } from "../core/permissions";
import type { SystemScope } from "../core/scope";
import { inScope } from "./in-scope";
import { listStaffSlugs, systemScope } from "./open-scopes";
import { freeSlug } from "./organizations";

/** An organization that a person opens as staff. */
export type StaffPlace = {
  readonly organizationId: string;
  readonly slug: string;
  readonly name: string;
  readonly role: MembershipRole;
  readonly isLimited: boolean;
};

const MOST_PLACES = 50;
const MOST_TRIES = 5;

/**
 * Where a person is staff at this moment, by name. The directory is asked first and the membership
 * decides: who left, and support whose time is over, finds nothing there.
 */
export async function listStaffPlaces(userId: string, now: Date): Promise<readonly StaffPlace[]> {
  const entries = await listStaffEntries(userId);
  const places = entries.map(async ({ slug, organizationId }) => {
    const lookup = systemScope(organizationId, "membership is looked up");
    const [organization, membership] = await inScope(lookup, async ({ db }) => [
      await db.organization.findUnique({ where: { organizationId }, select: { name: true } }),
      await db.membership.findUnique({
        where: { organizationId_userId: { organizationId, userId } },
        select: { role: true, allBuildings: true, endsAt: true },
      }),
    ]);
    const role = membership && parseMembershipRole(membership.role);
    if (!organization || !role || (membership.endsAt && membership.endsAt <= now)) return [];
    const isLimited = !membership.allBuildings;
    return [{ organizationId, slug, name: organization.name, role, isLimited }];
  });
  const found = (await Promise.all(places)).flat();
  return found.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

/** What the directory says of where a person is staff: no right, only where to ask for one. */
export async function listStaffEntries(
  userId: string,
): Promise<readonly { readonly slug: string; readonly organizationId: string }[]> {
  const entries = await prismaFor(authPool()).membershipDirectory.findMany({
    where: { userId, kind: "staff" },
    select: { slug: true, belongsTo: true },
    orderBy: { slug: "asc" },
    take: MOST_PLACES,
  });
  return entries.map(({ slug, belongsTo }) => ({ slug, organizationId: belongsTo }));
}

/**
 * The organization's name in a member's address bar: the one that stands, or a free one of the
 * wanted name. Called after the membership is committed, for two organizations that let the same
 * person in at once may both have wanted one name, and the second found it taken.
 */
export async function enterDirectory(
  scope: SystemScope,
  member: { readonly userId: string; readonly slug: string },
): Promise<string> {
  const { userId } = member;
  const { organizationId: belongsTo } = scope;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const entry = await prismaFor(authPool()).membershipDirectory.findUnique({
      where: { userId_belongsTo_kind: { userId, belongsTo, kind: "staff" } },
      select: { slug: true },
    });
    if (entry) return entry.slug;
    const slug = await freeSlug(userId, member.slug);
    await prismaFor(runtimePool()).membershipDirectory.createMany({
      data: [{ userId, belongsTo, kind: "staff", slug }],
      skipDuplicates: true,
    });
  }
  throw new Error(`no free name among ${(await listStaffSlugs(userId)).length}`);
}

/** The organization that a secret address invites to, by the secret's hash; null for none. */
export async function findInvitationScope(
  secretHash: string,
): Promise<{ readonly scope: SystemScope; readonly invitationId: string } | null> {
  const entry = await prismaFor(runtimePool()).invitationDirectory.findUnique({
    where: { secretHash },
    select: { belongsTo: true, invitationId: true },
  });
  if (!entry) return null;
  const scope = systemScope(entry.belongsTo, "an invitation was opened");
  return { scope, invitationId: entry.invitationId };
}
