import { randomBytes } from "node:crypto";
import {
  addLeaseHolder,
  findInvitedScope,
  inScope,
  recordAudit,
  type ScopedTx,
} from "@/lib/access";
import type { OrgScope, RequestOrigin } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { JOIN_CODE_BYTES, joinCodeHash, joinCodeOf, parseJoinCode } from "../core/join-code";
import { maskName } from "../core/mask-name";
import { maskUnit } from "../core/mask-unit";
import type { InviteResidentError } from "../errors";
import { civilDayOf } from "./civil-time";
import { hasEnded, lockLease } from "./locked-lease";

const VALID_DAYS = 30;
const DAY_MS = 86_400_000;

export type PrintedInvitation = {
  /** Shown once and kept nowhere; sixteen characters. */
  readonly code: string;
  readonly expiresAt: Date;
};

/**
 * Makes an invitation to a lease, good for thirty days and one use; one that was open before is
 * withdrawn. Of two who print at once the second's code is the one that works.
 */
export function inviteResident(
  scope: OrgScope,
  { leaseId, now }: { readonly leaseId: string; readonly now: Date },
): Promise<Result<PrintedInvitation, InviteResidentError>> {
  const { organizationId, userId } = scope;
  return inScope(scope, async (tx) => {
    const lease = await lockLease(tx, leaseId);
    if (!lease) return err("lease-not-found");
    if (hasEnded(lease, now)) return err("lease-already-ended");
    await closeInvitations(tx, leaseId, now);
    const code = joinCodeOf(randomBytes(JOIN_CODE_BYTES));
    const codeHash = joinCodeHash(code);
    const id = newId();
    const expiresAt = new Date(now.getTime() + VALID_DAYS * DAY_MS);
    const made = { createdBy: userId, createdAt: now, expiresAt };
    await tx.db.residentInvitation.createMany({
      data: [{ organizationId, id, leaseId, codeHash, ...made }],
    });
    await tx.db.residentInvitationDirectory.createMany({
      data: [{ codeHash, belongsTo: organizationId, invitationId: id }],
    });
    await recordAudit(tx, {
      at: now,
      action: "resident.invited",
      subjectKind: "lease",
      subjectId: leaseId,
      detail: { unit: lease.unitLabel },
    });
    return ok({ code, expiresAt });
  });
}

/** Withdraws what is open of a lease, in the caller's transaction; gives how many there were. */
export async function closeInvitations(tx: ScopedTx, leaseId: string, now: Date): Promise<number> {
  const { organizationId } = tx.scope;
  const closed = await tx.db.residentInvitation.updateMany({
    where: { organizationId, leaseId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: now },
  });
  return closed.count;
}

/** Withdraws a lease's printed invitation. Doing it again changes nothing. */
export function withdrawInvitation(
  scope: OrgScope,
  { leaseId, now }: { readonly leaseId: string; readonly now: Date },
): Promise<Result<void, "lease-not-found">> {
  return inScope(scope, async (tx) => {
    const lease = await lockLease(tx, leaseId);
    if (!lease) return err("lease-not-found");
    if ((await closeInvitations(tx, leaseId, now)) === 0) return ok(undefined);
    await recordAudit(tx, {
      at: now,
      action: "resident.invitation-revoked",
      subjectKind: "lease",
      subjectId: leaseId,
      detail: { unit: lease.unitLabel },
    });
    return ok(undefined);
  });
}

/** What whoever holds the code may know before accepting: never the whole name nor the label. */
export type InvitationView = {
  readonly organizationName: string;
  readonly maskedUnit: string;
  readonly initials: string;
};

/**
 * An open invitation by its code, as typed or printed. Null for a code that was used, withdrawn or
 * never made, that is too old, or whose lease is over: one answer for all.
 */
export async function findInvitation(code: string, now: Date): Promise<InvitationView | null> {
  const parsed = parseJoinCode(code);
  if (!parsed.ok) return null;
  const found = await findInvitedScope(joinCodeHash(parsed.value), null);
  if (!found) return null;
  const { scope, invitationId } = found;
  return inScope(scope, async (tx) => {
    const invitation = await findOpen(tx, invitationId, now);
    if (!invitation) return null;
    const { unit, resident } = invitation.lease;
    const seller = await tx.db.organization.findUniqueOrThrow({
      where: { organizationId: scope.organizationId },
      select: { name: true },
    });
    return {
      organizationName: seller.name,
      maskedUnit: maskUnit(unit.label),
      initials: maskName(resident.name),
    };
  });
}

/**
 * Accepts an invitation: the person holds the lease from now on. Two at once, or a repeat, make
 * one; the person who has accepted it may say so again. Refused for all others as for a wrong code.
 */
export async function acceptInvitation(
  accepted: {
    readonly code: string;
    readonly userId: string;
    readonly origin: RequestOrigin | null;
  },
  now: Date,
): Promise<Result<void, "invitation-closed">> {
  const { code, userId, origin } = accepted;
  const parsed = parseJoinCode(code);
  const found = parsed.ok
    ? await findInvitedScope(joinCodeHash(parsed.value), { userId, origin })
    : null;
  if (!found) return err("invitation-closed");
  const { scope, invitationId } = found;
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    const wasMine = { organizationId, id: invitationId, acceptedBy: userId };
    if ((await tx.db.residentInvitation.count({ where: wasMine })) > 0) return ok(undefined);
    const invitation = await findOpen(tx, invitationId, now);
    // The lease is taken first: it may be ending at this moment.
    const lease = invitation && (await lockLease(tx, invitation.leaseId));
    if (!lease || hasEnded(lease, now)) return err("invitation-closed");
    const taken = await tx.db.residentInvitation.updateMany({
      where: { organizationId, id: invitationId, ...openAt(now) },
      data: { acceptedAt: now, acceptedBy: userId },
    });
    if (taken.count === 0) return err("invitation-closed");
    await addLeaseHolder(tx, { userId, leaseId: lease.leaseId });
    await recordAudit(tx, {
      at: now,
      action: "lease.holder-added",
      subjectKind: "lease",
      subjectId: lease.leaseId,
      detail: { userId, unit: lease.unitLabel },
    });
    return ok(undefined);
  });
}

const openAt = (now: Date) => ({ acceptedAt: null, revokedAt: null, expiresAt: { gt: now } });

async function findOpen(tx: ScopedTx, invitationId: string, now: Date) {
  const { organizationId } = tx.scope;
  const invitation = await tx.db.residentInvitation.findFirst({
    where: { organizationId, id: invitationId, ...openAt(now) },
    select: {
      leaseId: true,
      lease: {
        select: {
          endsOn: true,
          resident: { select: { name: true } },
          unit: { select: { label: true, building: { select: { timeZone: true } } } },
        },
      },
    },
  });
  if (!invitation) return null;
  const { endsOn, unit } = invitation.lease;
  const { timeZone } = unit.building;
  const lastDay = endsOn && civilDayOf(endsOn);
  return hasEnded({ endsOn: lastDay, timeZone }, now) ? null : invitation;
}
