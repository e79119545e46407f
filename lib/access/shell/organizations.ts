import { newId } from "@/lib/platform";
import { authPool, prismaFor, runtimePool } from "@/lib/platform/databases";
import type { Role } from "../core/permissions";
import type { Scope } from "../core/scope";
import { recordAudit } from "./audit";
import { inScope, type ScopedTx } from "./in-scope";
import { systemScope } from "./open-scopes";
import { hashPassword } from "./password";

/**
 * Creates an organization and gives its id. Names are shown to residents as the seller's; the tax
 * number stands on every slip.
 */
export async function createOrganization(input: {
  readonly name: string;
  readonly legalName: string;
  readonly taxNumber: string | null;
  readonly now: Date;
}): Promise<string> {
  const organizationId = newId();
  const { name, legalName, taxNumber, now } = input;
  await inScope(systemScope(organizationId, "set-up"), async (tx) => {
    await tx.db.organization.createMany({
      data: [{ organizationId, name, legalName, taxNumber, createdAt: now }],
    });
    await recordAudit(tx, {
      at: now,
      action: "organization.created",
      subjectKind: "organization",
      subjectId: organizationId,
      detail: {},
    });
  });
  return organizationId;
}

/** Creates a person who signs in with e-mail and password, and gives the id. */
export async function createPerson(input: {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly now: Date;
}): Promise<string> {
  const id = newId();
  const passwordHash = await hashPassword(input.password);
  await prismaFor(authPool()).user.create({
    data: {
      id,
      name: input.name,
      email: input.email.toLowerCase(),
      createdAt: input.now,
      credential: { create: { passwordHash, changedAt: input.now } },
    },
  });
  return id;
}

/**
 * Makes a person staff of an organization: the membership is the right, the directory the way in.
 */
export async function addStaff(
  organizationId: string,
  staff: {
    readonly userId: string;
    readonly role: Role;
    readonly slug: string;
    readonly now: Date;
  },
): Promise<void> {
  const { userId, role, slug, now } = staff;
  await inScope(systemScope(organizationId, "set-up"), async (tx) => {
    await tx.db.membership.createMany({ data: [{ organizationId, userId, role, createdAt: now }] });
    await tx.db.membershipDirectory.createMany({
      data: [{ userId, belongsTo: organizationId, kind: "staff", slug }],
    });
    await recordAudit(tx, {
      at: now,
      action: "membership.created",
      subjectKind: "user",
      subjectId: userId,
      detail: {},
      after: { role },
    });
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
}> {
  const { organizationId } = scope;
  return inScope(scope, (tx) =>
    tx.db.organization.findUniqueOrThrow({
      where: { organizationId },
      select: { name: true, legalName: true, taxNumber: true },
    }),
  );
}
