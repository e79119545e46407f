import { createHash, randomBytes } from "node:crypto";
import { inScope, recordAudit, type ScopedTx } from "@/lib/access";
import type { MembershipRole, OrgScope } from "@/lib/access/shared";
import { parseMembershipRole } from "@/lib/access/shared";
import { findPersonByEmail } from "@/lib/identity";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";
import type { InvitationForm } from "../core/invitation-form";
import { judgeChange } from "../core/member-rules";
import type { Buildings } from "../core/role-change";
import type { InvitationError, InviteError } from "../errors";
import { askSecondPerson } from "./members";
import { findStanding, hasBuildings, lockStaff } from "./staff-lock";

const SECRET_BYTES = 16;
const SECRET = /^[\w-]{22}$/;
const DAY_MS = 86_400_000;
const STAFF_DAYS = 7;
const SUPPORT_DAYS = 1;
const MOST_INVITATIONS = 200;

/** What stands in the database for a secret; null for what has not the form of one. */
export function invitationHash(secret: string): string | null {
  if (!SECRET.test(secret)) return null;
  return createHash("sha256").update(`voltlet invitation 1 ${secret}`, "utf8").digest("hex");
}

function newSecret(): { readonly secret: string; readonly secretHash: string } {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const secretHash = invitationHash(secret);
  assert(secretHash !== null, "a secret has the form of one");
  return { secret, secretHash };
}

/** An invitation as it was made or sent again. */
export type Invited = {
  readonly invitationId: string;
  readonly email: string;
  readonly role: MembershipRole;
  readonly supportHours: number | null;
  readonly expiresAt: Date;
  /** 128 bits, for its address; null while a second person has to approve it. */
  readonly secret: string | null;
};

/**
 * Invites somebody by e-mail, as staff or support. The caller sends the address after this returns.
 * An administrator is invited by two where there are two, and sent once that is approved.
 */
export async function inviteStaff(
  scope: OrgScope,
  form: InvitationForm,
  now: Date,
): Promise<Result<Invited, InviteError>> {
  const isSupport = form.role === "support";
  const needed = isSupport ? "support:grant" : "member:manage";
  if (!scope.permissions.includes(needed)) throw new Error(`may not invite as ${form.role}`);
  const person = await findPersonByEmail(form.email);
  return inScope(scope, async (tx): Promise<Result<Invited, InviteError>> => {
    const administrators = await lockStaff(tx);
    if (person && (await findStanding(tx, person.userId, now))) {
      return err({ code: "already-member" });
    }
    if (!(await hasBuildings(tx, form.buildings))) return err({ code: "building-not-found" });
    if (!(await makeRoom(tx, form, now))) return err({ code: "already-invited" });
    const to = { role: form.role, isLimited: form.buildings !== null };
    const verdict = judgeChange({ administrators, actorId: scope.userId, target: null, to });
    const awaitsApproval = verdict === "second-person";
    if (awaitsApproval && form.reason === "") return err({ code: "reason-needed" });
    const invited = await insertInvitation(tx, form, { awaitsApproval, now });
    const { invitationId } = invited;
    await recordAudit(tx, {
      at: now,
      action: "invitation.created",
      subjectKind: "invitation",
      subjectId: invitationId,
      detail: {
        role: form.role,
        buildings: form.buildings === null ? "all" : form.buildings.join(" "),
        ...(form.supportHours ? { hours: form.supportHours } : {}),
        ...(verdict === "alone" ? { alone: true } : {}),
      },
      personal: { email: form.email, ...(form.reason ? { why: form.reason } : {}) },
    });
    if (awaitsApproval) await askForAdministrator(tx, form, { invitationId, now });
    return ok(invited);
  });
}

/** False where an invitation is open and shall not be replaced; one that is too old always is. */
async function makeRoom(tx: ScopedTx, form: InvitationForm, now: Date): Promise<boolean> {
  const { organizationId } = tx.scope;
  const { email } = form;
  const open = { organizationId, email, acceptedAt: null, revokedAt: null };
  const found = await tx.db.invitation.findFirst({ where: open });
  if (!found) return true;
  if (!form.replaces && found.expiresAt > now) return false;
  await tx.db.invitation.updateMany({ where: open, data: { revokedAt: now } });
  const fact = { at: now, subjectKind: "invitation", subjectId: found.id, detail: {} };
  await recordAudit(tx, { ...fact, action: "invitation.revoked" });
  return true;
}

async function insertInvitation(
  tx: ScopedTx<OrgScope>,
  form: InvitationForm,
  { awaitsApproval, now }: { readonly awaitsApproval: boolean; readonly now: Date },
): Promise<Invited> {
  const { organizationId, slug, userId } = tx.scope;
  const { email, role, buildings, supportHours } = form;
  const invitationId = newId();
  const made = awaitsApproval ? null : newSecret();
  const expiresAt = expiryOf(role, now);
  const secretHash = made?.secretHash ?? null;
  await tx.db.invitation.createMany({
    data: [
      {
        organizationId,
        id: invitationId,
        email,
        role,
        allBuildings: buildings === null,
        slug,
        supportHours,
        reason: role === "support" ? form.reason : null,
        secretHash,
        awaitsApproval,
        createdBy: userId,
        createdAt: now,
        expiresAt,
      },
    ],
  });
  await tx.db.invitationBuilding.createMany({
    data: (buildings ?? []).map((buildingId) => ({ organizationId, invitationId, buildingId })),
  });
  if (secretHash) {
    await tx.db.invitationDirectory.createMany({
      data: [{ secretHash, belongsTo: organizationId, invitationId }],
    });
  }
  return { invitationId, email, role, supportHours, expiresAt, secret: made?.secret ?? null };
}

async function askForAdministrator(
  tx: ScopedTx<OrgScope>,
  form: InvitationForm,
  { invitationId, now }: { readonly invitationId: string; readonly now: Date },
): Promise<void> {
  const { buildings, reason } = form;
  const asked = await askSecondPerson(
    tx,
    { change: "invite", role: "administrator", buildings },
    { subjectKind: "invitation", subjectId: invitationId, reason, now },
  );
  assert(asked.ok, "a new invitation has a reason and no request yet");
}

const expiryOf = (role: MembershipRole, now: Date) =>
  new Date(now.getTime() + (role === "support" ? SUPPORT_DAYS : STAFF_DAYS) * DAY_MS);

/**
 * Gives an invitation a new address and new time; the address it had before opens nothing any more.
 */
export function renewInvitation(
  scope: OrgScope,
  { invitationId, now }: { readonly invitationId: string; readonly now: Date },
): Promise<Result<Invited, InvitationError>> {
  const { organizationId } = scope;
  return inScope(scope, async (tx): Promise<Result<Invited, InvitationError>> => {
    await lockStaff(tx);
    const open = { organizationId, id: invitationId, acceptedAt: null, revokedAt: null };
    const found = isId(invitationId) ? await tx.db.invitation.findFirst({ where: open }) : null;
    const role = found && parseMembershipRole(found.role);
    if (!found || !role || !mayManage(scope, role)) return err({ code: "not-found" });
    if (found.awaitsApproval) return err({ code: "awaits-approval" });
    const { secret, secretHash } = newSecret();
    const expiresAt = expiryOf(role, now);
    await tx.db.invitation.updateMany({
      where: open,
      data: { secretHash, expiresAt, isMailed: false },
    });
    await tx.db.invitationDirectory.createMany({
      data: [{ secretHash, belongsTo: organizationId, invitationId }],
    });
    const fact = { at: now, subjectKind: "invitation", subjectId: invitationId, detail: {} };
    await recordAudit(tx, { ...fact, action: "invitation.renewed" });
    const { email, supportHours } = found;
    return ok({ invitationId, email, role, supportHours, expiresAt, secret });
  });
}

/**
 * Writes down that the address in force went to the invited e-mail and was shown to nobody: who
 * opens it has proved that the e-mail is theirs.
 */
export function markMailed(
  scope: OrgScope,
  { invitationId, secret }: { readonly invitationId: string; readonly secret: string },
): Promise<void> {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    await tx.db.invitation.updateMany({
      where: { organizationId, id: invitationId, secretHash: invitationHash(secret) },
      data: { isMailed: true },
    });
  });
}

/** Takes an invitation back: its address opens nothing from now on. */
export function revokeInvitation(
  scope: OrgScope,
  { invitationId, now }: { readonly invitationId: string; readonly now: Date },
): Promise<Result<null, InvitationError>> {
  const { organizationId } = scope;
  return inScope(scope, async (tx): Promise<Result<null, InvitationError>> => {
    await lockStaff(tx);
    const open = { organizationId, id: invitationId, acceptedAt: null, revokedAt: null };
    const found = isId(invitationId) ? await tx.db.invitation.findFirst({ where: open }) : null;
    const role = found && parseMembershipRole(found.role);
    if (!role || !mayManage(scope, role)) return err({ code: "not-found" });
    await tx.db.invitation.updateMany({ where: open, data: { revokedAt: now } });
    const fact = { at: now, subjectKind: "invitation", subjectId: invitationId, detail: {} };
    await recordAudit(tx, { ...fact, action: "invitation.revoked" });
    return ok(null);
  });
}

const mayManage = (scope: OrgScope, role: MembershipRole) =>
  scope.permissions.includes(role === "support" ? "support:grant" : "member:manage");

export type InvitationView = {
  readonly id: string;
  readonly email: string;
  readonly role: MembershipRole;
  readonly buildings: Buildings;
  readonly supportHours: number | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly state: "open" | "expired" | "awaits-approval" | "approved-unsent";
};

/** Invitations that are neither accepted nor revoked, newest first. */
export async function listInvitations(
  scope: OrgScope,
  now: Date,
): Promise<readonly InvitationView[]> {
  const { organizationId } = scope;
  const rows = await inScope(scope, (tx) =>
    tx.db.invitation.findMany({
      where: { organizationId, acceptedAt: null, revokedAt: null },
      include: { buildings: { select: { buildingId: true } } },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: MOST_INVITATIONS,
    }),
  );
  return rows.flatMap((row) => {
    const role = parseMembershipRole(row.role);
    const buildings = row.allBuildings ? null : row.buildings.map((one) => one.buildingId);
    const { id, email, supportHours, createdBy, createdAt, expiresAt } = row;
    const facts = { id, email, buildings, supportHours, createdBy, createdAt, expiresAt };
    return role ? [{ ...facts, role, state: stateOf(row, now) }] : [];
  });
}

function stateOf(
  row: {
    readonly awaitsApproval: boolean;
    readonly secretHash: string | null;
    readonly expiresAt: Date;
  },
  now: Date,
): InvitationView["state"] {
  if (row.awaitsApproval) return "awaits-approval";
  if (row.secretHash === null) return "approved-unsent";
  return row.expiresAt > now ? "open" : "expired";
}
