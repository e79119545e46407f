import { randomBytes } from "node:crypto";
import { newId } from "@/lib/platform";
import { Prisma } from "@/lib/platform/prisma/client";
import type { AuditAction } from "../core/audit-actions";
import { type ChainEnd, EMPTY_AUDIT_CHAIN, hashOfPersonal, linkAfter } from "../core/audit-chain";
import type { OrgScope, RequestOrigin, SystemScope } from "../core/scope";
import { auditInstant, ENTRY_COLUMNS, type EntryColumns, entryOf } from "./audit-rows";
import { inScope, inWorkerScope, type ScopedTx } from "./in-scope";
import { enqueueDueWork } from "./work-queue";

type Facts = Readonly<Record<string, string | number | boolean>>;

export type AuditFact = {
  readonly at: Date;
  readonly action: AuditAction;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Nothing personal: names and addresses have a place of their own, where they can be erased. */
  readonly detail: Facts;
  /** What was changed, by name, as it stood; nothing personal. Left out for what is new. */
  readonly before?: Facts;
  readonly after?: Facts;
  /** Values of a person that belong to the change; erasable, beside where it came from. */
  readonly personal?: Readonly<Record<string, string>>;
  /** Who did it in person, where the scope is not theirs yet: accepting an invitation. */
  readonly actor?: Actor;
};

export type Actor = { readonly userId: string; readonly origin: RequestOrigin | null };

const SALT_BYTES = 32;
// Due before anything that waits on the outside: an entry is linked within a second.
const AT_ONCE = new Date(0);

/**
 * Writes down who did what, from where, in the transaction that does it, and plans its link in the
 * organization's chain.
 */
export async function recordAudit(tx: ScopedTx, fact: AuditFact): Promise<void> {
  const { scope } = tx;
  const { organizationId } = scope;
  const isPersons = scope.kind === "organization" || scope.kind === "resident";
  const actor = fact.actor ?? (isPersons ? scope : null);
  const why = scope.kind === "system" ? { reason: scope.reason } : { scope: scope.kind };
  const personal = { ...actor?.origin, ...fact.personal };
  const salt = randomBytes(SALT_BYTES);
  const hasPersonal = Object.keys(personal).length > 0;
  const id = newId();
  await tx.db.auditEntry.createMany({
    data: [
      {
        organizationId,
        id,
        at: fact.at,
        actorKind: actor ? "person" : "system",
        actorId: actor?.userId ?? null,
        action: fact.action,
        subjectKind: fact.subjectKind,
        subjectId: fact.subjectId,
        detail: { ...why, ...fact.detail },
        ...(fact.before ? { before: fact.before } : {}),
        ...(fact.after ? { after: fact.after } : {}),
        personalHash: hasPersonal ? new Uint8Array(hashOfPersonal(personal, salt)) : null,
      },
    ],
  });
  if (hasPersonal) {
    await tx.db.auditPersonal.createMany({
      data: [{ organizationId, auditEntryId: id, personal, salt: new Uint8Array(salt) }],
    });
  }
  await enqueueDueWork(tx, { subjectId: organizationId, kind: "audit.chain", dueAt: AT_ONCE });
}

/**
 * Erases from where a person acted, and what else is personal of it, in all of an organization's
 * entries; also what stands of theirs beside what others did: of leases they hold, and of their
 * membership. The entries and their chain stay whole. Gives how many were erased; that it was done
 * is an entry of its own.
 */
export function eraseAuditPersonal(
  scope: OrgScope | SystemScope,
  userId: string,
  now: Date,
): Promise<number> {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    const held = await tx.db.leaseHolder.findMany({
      where: { organizationId, userId },
      select: { leaseId: true },
      take: MOST_LEASES,
    });
    const leaseIds = held.map(({ leaseId }) => leaseId);
    const theirs = [
      { actorId: userId },
      { subjectKind: "user", subjectId: userId },
      { subjectKind: "lease", subjectId: { in: leaseIds } },
    ];
    const erased = await tx.db.auditPersonal.deleteMany({
      where: { organizationId, entry: { OR: theirs } },
    });
    await recordAudit(tx, {
      at: now,
      action: "audit.personal-erased",
      subjectKind: "user",
      subjectId: userId,
      detail: { entries: erased.count },
    });
    return erased.count;
  });
}

const MOST_LEASES = 1_000;
const MOST_LINKS = 500;
const MOST_TRIES = 5;
const UNIQUE_VIOLATION = "P2002";

/**
 * Links every entry that has no place in its organization's chain yet, in the order in which they
 * happened. Two at once do not fork it: the place is the primary key, and who comes second reads
 * again. Gives how many were linked.
 */
export async function chainAudit(scope: SystemScope, now: Date): Promise<number> {
  let linked = 0;
  for (let tries = 0; ; tries++) {
    try {
      let more = MOST_LINKS;
      while (more === MOST_LINKS) {
        more = await inWorkerScope(scope, (tx) => linkSome(tx, now));
        linked += more;
      }
      return linked;
    } catch (error) {
      if (tries + 1 >= MOST_TRIES || !isTaken(error)) throw error;
    }
  }
}

async function linkSome(tx: ScopedTx, now: Date): Promise<number> {
  const { organizationId } = tx.scope;
  const last = await tx.db.auditLink.findFirst({
    where: { organizationId },
    orderBy: { sequence: "desc" },
    select: { sequence: true, hash: true },
  });
  const rows = await tx.db.$queryRaw<EntryColumns[]>`
    SELECT ${Prisma.raw(ENTRY_COLUMNS)} FROM audit_entry e
     WHERE e.organization_id = ${organizationId}::uuid AND NOT EXISTS (SELECT FROM audit_link l
       WHERE l.organization_id = e.organization_id AND l.audit_entry_id = e.id)
     ORDER BY e.at, e.id LIMIT ${MOST_LINKS}`;
  let end: ChainEnd = last ?? EMPTY_AUDIT_CHAIN;
  const data = rows.map((row) => {
    const link = linkAfter(end, entryOf(row), auditInstant(now));
    end = link;
    const previousHash = new Uint8Array(link.previousHash);
    return { ...link, at: now, previousHash, hash: new Uint8Array(link.hash) };
  });
  if (data.length > 0) await tx.db.auditLink.createMany({ data });
  return data.length;
}

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === UNIQUE_VIOLATION;
}
