import { newId } from "@/lib/platform";
import { authPool, prismaFor, runtimePool } from "@/lib/platform/databases";
import type { MembershipRole } from "../core/permissions";
import type { Scope } from "../core/scope";
import { type Actor, recordAudit } from "./audit";
import { inScope, type ScopedTx } from "./in-scope";
import { listStaffSlugs, systemScope } from "./open-scopes";

type NewOrganization = {
  /** Given where the caller has to find it again after being cut off; chosen here otherwise. */
  readonly organizationId?: string;
  readonly name: string;
  readonly legalName: string;
  readonly taxNumber: string | null;
  /** The first administrator, and the organization's name in that person's address bar. */
  readonly administrator?: { readonly userId: string; readonly slug: string };
  /** Who opened it in person; nobody at set-up. */
  readonly actor?: Actor;
  readonly now: Date;
};

/**
 * Creates an organization and gives its id. Names are shown to residents as the seller's; the tax
 * number stands on every slip. Called again with the same id it changes nothing.
 */
export async function createOrganization(input: NewOrganization): Promise<string> {
  const { name, legalName, taxNumber, administrator, actor, now } = input;
  const by = actor ? { actor } : {};
  const organizationId = input.organizationId ?? newId();
  await inScope(systemScope(organizationId, "set-up"), async (tx) => {
    const made = await tx.db.organization.createMany({
      data: [{ organizationId, name, legalName, taxNumber, createdAt: now }],
      skipDuplicates: true,
    });
    if (made.count === 0) return;
    const fact = { at: now, subjectKind: "organization", subjectId: organizationId };
    await recordAudit(tx, { ...fact, action: "organization.created", detail: {}, ...by });
    if (administrator) await addMember(tx, { ...administrator, ...by, role: "administrator", now });
  });
  return organizationId;
}

type NewMember = {
  readonly userId: string;
  readonly slug: string;
  readonly role: MembershipRole;
  /** The buildings that the role is limited to; without, it is not limited. */
  readonly buildingIds?: readonly string[];
  /** When support's time is over; for support alone. */
  readonly endsAt?: Date;
  /** Who did it, where that is not the scope's person: the member, who accepts an invitation. */
  readonly actor?: Actor;
  readonly now: Date;
};

/**
 * Makes a person staff, in the caller's transaction: the membership is the right, the directory the
 * way in (`enterDirectory` says under which name). Throws for who is a member already.
 */
export async function addMember(tx: ScopedTx, member: NewMember): Promise<void> {
  const { organizationId } = tx.scope;
  const { userId, role, slug, buildingIds, endsAt, actor, now } = member;
  const allBuildings = buildingIds === undefined;
  await tx.db.membership.createMany({
    data: [{ organizationId, userId, role, allBuildings, endsAt: endsAt ?? null, createdAt: now }],
  });
  await tx.db.membershipBuilding.createMany({
    data: (buildingIds ?? []).map((buildingId) => ({ organizationId, userId, buildingId })),
  });
  await tx.db.membershipDirectory.createMany({
    data: [{ userId, belongsTo: organizationId, kind: "staff", slug }],
    skipDuplicates: true,
  });
  const buildings = buildingIds ? { buildings: buildingIds.join(" ") } : {};
  await recordAudit(tx, {
    at: now,
    action: "membership.created",
    subjectKind: "user",
    subjectId: userId,
    detail: {},
    after: { role, ...buildings, ...(endsAt ? { endsAt: endsAt.toISOString() } : {}) },
    ...(actor ? { actor } : {}),
  });
}

/** Makes a person staff of an organization, for set-up and seeds. */
export async function addStaff(organizationId: string, staff: NewMember): Promise<void> {
  await inScope(systemScope(organizationId, "set-up"), (tx) => addMember(tx, staff));
}

/**
 * A name in the address bar that this person does not use yet: the wanted one, or the first of it
 * with a number behind.
 */
export async function freeSlug(userId: string, wanted: string): Promise<string> {
  const taken = new Set(await listStaffSlugs(userId));
  for (let number = 1; ; number++) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}

/** Takes somebody who is no longer staff out of the directory. The right has gone before. */
export async function forgetMember(userId: string, organizationId: string): Promise<void> {
  await prismaFor(authPool()).membershipDirectory.deleteMany({
    where: { userId, belongsTo: organizationId, kind: "staff" },
  });
}

/** Lets a person see a lease and what was bought under it. */
export async function addLeaseHolder(
  tx: ScopedTx,
  holder: { readonly userId: string; readonly leaseId: string },
): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.db.leaseHolder.createMany({
    data: [{ organizationId, ...holder }],
    skipDuplicates: true,
  });
  await tx.db.membershipDirectory.createMany({
    // A resident's pages name no organization in the address bar; the id keeps the name unique.
    data: [
      { userId: holder.userId, belongsTo: organizationId, kind: "resident", slug: organizationId },
    ],
    skipDuplicates: true,
  });
}

/** True while nobody has been given anything: the only time a demo may move in. */
export async function isInstallationEmpty(): Promise<boolean> {
  const numbers = await prismaFor(runtimePool()).meterDirectory.count({ take: 1 });
  const people = await prismaFor(authPool()).user.count({ take: 1 });
  return numbers === 0 && people === 0;
}

/** The organization of a scope: its name for the console, and as seller on a slip. */
export function findOrganization(scope: Scope): Promise<{
  readonly name: string;
  readonly legalName: string;
  readonly taxNumber: string | null;
  readonly address: string | null;
  readonly contactPhone: string | null;
  readonly contactEmail: string | null;
}> {
  const { organizationId } = scope;
  return inScope(scope, (tx) =>
    tx.db.organization.findUniqueOrThrow({
      where: { organizationId },
      select: {
        name: true,
        legalName: true,
        taxNumber: true,
        address: true,
        contactPhone: true,
        contactEmail: true,
      },
    }),
  );
}
