import {
  addMember,
  enterDirectory,
  findInvitationScope,
  findOrganization,
  inScope,
  recordAudit,
  type ScopedTx,
} from "@/lib/access";
import {
  type MembershipRole,
  parseMembershipRole,
  type RequestOrigin,
  type SystemScope,
} from "@/lib/access/shared";
import { createPerson, findPersonByEmail, findPersons } from "@/lib/identity";
import { err, ok, type Result } from "@/lib/kernel";
import { type BuildingFacts, listBuildings } from "@/lib/property";
import type { AcceptError } from "../errors";
import { invitationHash } from "./invitations";
import { findStanding, lockStaff } from "./staff-lock";

const HOUR_MS = 3_600_000;
const MOST_BUILDINGS = 1_000;

/** What the holder of an invitation's address is told. */
export type InvitationOffer = {
  readonly organizationName: string;
  readonly invitedBy: string;
  readonly email: string;
  readonly role: MembershipRole;
  /** Null where the role is not limited to buildings. */
  readonly buildings: readonly BuildingFacts[] | null;
  readonly supportHours: number | null;
  readonly reason: string | null;
  readonly expiresAt: Date;
  /** The address went to the e-mail alone: whoever has it has proved that the e-mail is theirs. */
  readonly isMailed: boolean;
  /** Somebody signs in with this address already. */
  readonly isKnown: boolean;
  /** Where the organization is, for dates; null where it has no building yet. */
  readonly place: { readonly locale: string; readonly timeZone: string } | null;
};

type Open = { readonly scope: SystemScope; readonly invitationId: string; readonly hash: string };

/** What an address invites to; null for one that is closed or never was. */
export async function findInvitation(secret: string, now: Date): Promise<InvitationOffer | null> {
  const open = await findOpen(secret);
  if (!open) return null;
  const row = await inScope(open.scope, (tx) => findRow(tx, open, now));
  const role = row && parseMembershipRole(row.role);
  if (!role) return null;
  const chosen = new Set(row.buildings.map((one) => one.buildingId));
  const [organization, people, person, buildings] = await Promise.all([
    findOrganization(open.scope),
    findPersons([row.createdBy]),
    findPersonByEmail(row.email),
    listBuildings(open.scope, { take: row.allBuildings ? 1 : MOST_BUILDINGS }),
  ]);
  return {
    organizationName: organization.name,
    invitedBy: people.get(row.createdBy)?.name ?? "",
    email: row.email,
    role,
    buildings: row.allBuildings ? null : buildings.filter(({ id }) => chosen.has(id)),
    place: buildings[0] ?? null,
    supportHours: row.supportHours,
    reason: row.reason,
    expiresAt: row.expiresAt,
    isMailed: row.isMailed,
    isKnown: person !== null,
  };
}

type Acceptance = {
  readonly secret: string;
  readonly origin: RequestOrigin | null;
  readonly now: Date;
};

export type Accepted = { readonly userId: string; readonly slug: string };

/**
 * Makes the person staff. Only the address that was invited may, in time and once: of two at once
 * one becomes a member, the other finds the invitation closed.
 */
export async function acceptInvitation(
  person: { readonly userId: string },
  { secret, origin, now }: Acceptance,
): Promise<Result<Accepted, AcceptError>> {
  const { userId } = person;
  const open = await findOpen(secret);
  if (!open) return err({ code: "closed" });
  const email = (await findPersons([userId])).get(userId)?.email ?? null;
  const taken = await inScope(open.scope, async (tx): Promise<Result<string, AcceptError>> => {
    await lockStaff(tx);
    const row = await findRow(tx, open, now);
    const role = row && parseMembershipRole(row.role);
    if (!role) return err({ code: "closed" });
    if (row.email !== email?.toLowerCase()) return err({ code: "wrong-person" });
    if (await findStanding(tx, userId, now)) return err({ code: "already-member" });
    const moved = await tx.db.invitation.updateMany({
      where: { ...openRow(open, now), acceptedAt: null },
      data: { acceptedAt: now, acceptedBy: userId },
    });
    if (moved.count === 0) return err({ code: "closed" });
    await forgetEndedSupport(tx, userId);
    const { supportHours, slug } = row;
    const actor = { userId, origin };
    const endsAt = supportHours && new Date(now.getTime() + supportHours * HOUR_MS);
    const limits = row.allBuildings ? {} : { buildingIds: row.buildings.map((b) => b.buildingId) };
    const member = { userId, slug, role, ...limits, ...(endsAt ? { endsAt } : {}), actor, now };
    await recordAudit(tx, {
      at: now,
      action: "invitation.accepted",
      subjectKind: "invitation",
      subjectId: open.invitationId,
      detail: { role },
      actor,
    });
    await addMember(tx, member);
    return ok(slug);
  });
  if (!taken.ok) return taken;
  return ok({ userId, slug: await enterDirectory(open.scope, { userId, slug: taken.value }) });
}

/**
 * Creates the invited person and makes them staff. An address that has an account already is not
 * given a second one: its owner signs in. Cut off in between, the person signs in and accepts.
 */
export async function acceptAsNewPerson(
  form: { readonly name: string; readonly password: string },
  acceptance: Acceptance,
): Promise<Result<Accepted, AcceptError>> {
  const { secret, now } = acceptance;
  const offer = await findInvitation(secret, now);
  if (!offer) return err({ code: "closed" });
  if (offer.isKnown) return err({ code: "sign-in-first" });
  const { email, isMailed } = offer;
  let userId: string;
  try {
    userId = await createPerson({ ...form, email, isContactProved: isMailed, now });
  } catch (error) {
    // Two at once: the address is unique, and the first one has it.
    if (await findPersonByEmail(email)) return err({ code: "sign-in-first" });
    throw error;
  }
  return acceptInvitation({ userId }, acceptance);
}

async function findOpen(secret: string): Promise<Open | null> {
  const hash = invitationHash(secret);
  const found = hash && (await findInvitationScope(hash));
  return found ? { ...found, hash } : null;
}

/** Unused, in time, not revoked, and not sent again to another address since. */
const openRow = ({ scope, invitationId, hash }: Open, now: Date) => ({
  organizationId: scope.organizationId,
  id: invitationId,
  secretHash: hash,
  awaitsApproval: false,
  acceptedAt: null,
  revokedAt: null,
  expiresAt: { gt: now },
});

function findRow(tx: ScopedTx, open: Open, now: Date) {
  return tx.db.invitation.findFirst({
    where: openRow(open, now),
    include: { buildings: { select: { buildingId: true } } },
  });
}

/** Support whose time is over left its row; whoever comes again begins anew. */
async function forgetEndedSupport(tx: ScopedTx, userId: string): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.db.membershipBuilding.deleteMany({ where: { organizationId, userId } });
  await tx.db.membership.deleteMany({ where: { organizationId, userId, role: "support" } });
}
