import { authPool, prismaFor } from "@/lib/platform/databases";
import type { Prisma } from "@/lib/platform/prisma/client";
import { hashOfPersonal } from "../core/audit-chain";
import { areEqual } from "../core/framed-bytes";
import type { OrgScope } from "../core/scope";
import { inScope } from "./in-scope";

export type AuditFilter = {
  /** A person's id, or "system" for what nobody in person did. */
  readonly who: string | null;
  readonly action: string | null;
  readonly from: Date | null;
  /** Exclusive. */
  readonly until: Date | null;
};

type Values = Readonly<Record<string, string>>;

export type AuditView = {
  readonly id: string;
  readonly at: Date;
  /** Null where nobody in person did it; a person without a name is an empty text. */
  readonly personName: string | null;
  readonly action: string;
  /** The person it was done to, by name; null where it was done to none. */
  readonly subjectName: string | null;
  readonly detail: Values;
  readonly before: Values;
  readonly after: Values;
  /** From where: as it was told, "erased", "changed" when it is not what was written, or null. */
  readonly origin: Values | "erased" | "changed" | null;
  /** Its place in the chain; null until the worker has linked it. */
  readonly sequence: bigint | null;
};

const MOST_PEOPLE = 200;

/**
 * What was done in an organization, newest first, `take` at most, beginning after the entry
 * `before` where one is given. `more` says that older ones follow.
 */
export async function listAudit(
  scope: OrgScope,
  page: { readonly filter: AuditFilter; readonly before: string | null; readonly take: number },
): Promise<{ readonly entries: readonly AuditView[]; readonly hasOlder: boolean }> {
  const { organizationId } = scope;
  const { filter, before, take } = page;
  const rows = await inScope(scope, async (tx) => {
    const last = before
      ? await tx.db.auditEntry.findFirst({
          where: { organizationId, id: before },
          select: { at: true, id: true },
        })
      : null;
    const older: Prisma.AuditEntryWhereInput = last
      ? { OR: [{ at: { lt: last.at } }, { at: last.at, id: { lt: last.id } }] }
      : {};
    return tx.db.auditEntry.findMany({
      where: { AND: [{ organizationId }, whereOf(filter), older] },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: take + 1,
      select: {
        id: true,
        at: true,
        actorId: true,
        action: true,
        subjectKind: true,
        subjectId: true,
        detail: true,
        before: true,
        after: true,
        personalHash: true,
        personal: { select: { personal: true, salt: true } },
        link: { select: { sequence: true } },
      },
    });
  });
  const shown = rows.slice(0, take);
  const subjectOf = (row: { readonly subjectKind: string; readonly subjectId: string }) =>
    row.subjectKind === "user" ? [row.subjectId] : [];
  const names = await namesOf(shown.flatMap((row) => [row.actorId ?? [], subjectOf(row)].flat()));
  const entries = shown.map((row) => ({
    id: row.id,
    at: row.at,
    personName: row.actorId === null ? null : (names.get(row.actorId) ?? ""),
    action: row.action,
    subjectName: subjectOf(row).map((userId) => names.get(userId) ?? "")[0] ?? null,
    detail: valuesOf(row.detail),
    before: valuesOf(row.before),
    after: valuesOf(row.after),
    origin: originOf(row),
    sequence: row.link?.sequence ?? null,
  }));
  return { entries, hasOlder: rows.length > take };
}

/** Who has done something here or may: members, and those who once were, by name. */
export async function listAuditPeople(
  scope: OrgScope,
): Promise<readonly { readonly userId: string; readonly name: string }[]> {
  const { organizationId } = scope;
  const ids = await inScope(scope, async (tx) => {
    const members = await tx.db.membership.findMany({
      where: { organizationId },
      select: { userId: true },
      orderBy: { userId: "asc" },
      take: MOST_PEOPLE,
    });
    const actors = await tx.db.auditEntry.findMany({
      where: { organizationId, actorId: { not: null } },
      distinct: ["actorId"],
      select: { actorId: true },
      orderBy: { actorId: "asc" },
      take: MOST_PEOPLE,
    });
    return [...members.map((row) => row.userId), ...actors.flatMap((row) => row.actorId ?? [])];
  });
  const people = [...(await namesOf(ids))].map(([userId, name]) => ({ userId, name }));
  return people.sort((one, other) => one.name.localeCompare(other.name));
}

/** How far the organization's chain and its signatures go; null for what is not there yet. */
export async function findAuditState(
  scope: OrgScope,
): Promise<{ readonly links: bigint; readonly signedAt: Date | null; readonly signed: bigint }> {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    const newest = { where: { organizationId }, orderBy: { sequence: "desc" } } as const;
    const link = await tx.db.auditLink.findFirst({ ...newest, select: { sequence: true } });
    const head = await tx.db.auditHead.findFirst({
      ...newest,
      select: { sequence: true, signedAt: true },
    });
    return {
      links: link?.sequence ?? 0n,
      signed: head?.sequence ?? 0n,
      signedAt: head?.signedAt ?? null,
    };
  });
}

function whereOf({ who, action, from, until }: AuditFilter): Prisma.AuditEntryWhereInput {
  return {
    ...(who === null ? {} : { actorId: who === "system" ? null : who }),
    ...(action === null ? {} : { action }),
    at: { ...(from ? { gte: from } : {}), ...(until ? { lt: until } : {}) },
  };
}

/** Names stand with the sign-in; only those in a caller's own entries are asked for. */
async function namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await prismaFor(authPool()).user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(found.map(({ id, name }) => [id, name ?? ""]));
}

function originOf(row: {
  readonly personalHash: Uint8Array | null;
  readonly personal: { readonly personal: unknown; readonly salt: Uint8Array } | null;
}): AuditView["origin"] {
  const { personalHash, personal } = row;
  if (!personal) return personalHash ? "erased" : null;
  const values = valuesOf(personal.personal);
  const isAsWritten =
    personalHash !== null && areEqual(hashOfPersonal(values, personal.salt), personalHash);
  return isAsWritten ? values : "changed";
}

function valuesOf(json: unknown): Values {
  if (typeof json !== "object" || json === null) return {};
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, String(value)]));
}
