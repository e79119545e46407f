import { randomBytes } from "node:crypto";
import { inScope, isPracticeInstallation, recordAudit, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";
import { KEY_SCOPES, type KeyScope, PER_MINUTE, parseKeyScope } from "../core/key-scopes";
import { formatKey, KEY_RANDOM_BYTES, keyHash } from "../core/key-secret";
import type { CreateKeyError } from "../errors";
import { planForgetting } from "./forget-requests";
import { requireIntegratorAccount } from "./integrator-account";

export type ApiKeyView = {
  readonly id: string;
  readonly name: string;
  readonly shownEnd: string;
  readonly scopes: readonly KeyScope[];
  readonly perMinute: number;
  /** Null for one that reaches all buildings. */
  readonly buildingNames: readonly string[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedOn: Date | null;
  readonly revokedAt: Date | null;
};

const MOST = 200;
const LONGEST_NAME = 80;
const SHOWN = 4;

/** The keys of an organization, those in force first. */
export async function listApiKeys(scope: OrgScope): Promise<readonly ApiKeyView[]> {
  const rows = await inScope(scope, (tx) =>
    tx.db.apiKey.findMany({
      where: { organizationId: scope.organizationId },
      select: {
        ...{ id: true, name: true, shownEnd: true, scopes: true, perMinute: true },
        ...{ createdAt: true, expiresAt: true, lastUsedOn: true, revokedAt: true },
        allBuildings: true,
        buildings: { select: { building: { select: { name: true } } } },
      },
      orderBy: [{ revokedAt: { sort: "asc", nulls: "first" } }, { createdAt: "desc" }],
      take: MOST,
    }),
  );
  return rows.map(({ allBuildings, buildings, scopes, ...key }) => ({
    ...key,
    scopes: KEY_SCOPES.filter((one) => scopes.includes(one)),
    buildingNames: allBuildings ? null : buildings.map(({ building }) => building.name).sort(),
  }));
}

export type NewApiKey = {
  readonly name: string;
  readonly scopes: readonly string[];
  /** None: all buildings. */
  readonly buildingIds: readonly string[];
  readonly perMinute: number;
  readonly expiresAt: Date | null;
  /** The key that this one takes over from; it has its account then. Null for a new integrator. */
  readonly takesOverFrom: string | null;
  readonly now: Date;
};

/**
 * Makes a key and gives it whole: it is kept as a hash, and so is shown this once. One that may
 * sell opens the account by which integrators pay, where there is none.
 */
export async function createApiKey(
  scope: OrgScope,
  wanted: NewApiKey,
): Promise<Result<{ readonly id: string; readonly key: string }, CreateKeyError>> {
  const { now, expiresAt, perMinute } = wanted;
  const name = wanted.name.trim().slice(0, LONGEST_NAME);
  const scopes = KEY_SCOPES.filter((one) => wanted.scopes.includes(one));
  if (name === "") return err("no-name");
  if (scopes.length === 0 || wanted.scopes.some((one) => !parseKeyScope(one))) {
    return err("no-scope");
  }
  if (!PER_MINUTE.some((one) => one === perMinute)) return err("not-a-rate");
  if (expiresAt && expiresAt <= now) return err("expires-in-the-past");
  const mode = (await isPracticeInstallation()) ? "practice" : "live";
  const key = formatKey(mode, randomBytes(KEY_RANDOM_BYTES));
  const made = { name, scopes, perMinute, expiresAt, key };
  const id = await inScope(scope, (tx) => insertKey(tx, { ...wanted, ...made }));
  if (!id.ok) return id;
  if (scopes.includes("purchase:create")) await requireIntegratorAccount(scope, now);
  return ok({ id: id.value, key });
}

type Insertion = Omit<NewApiKey, "scopes"> & {
  readonly scopes: readonly KeyScope[];
  readonly key: string;
};

async function insertKey(
  tx: ScopedTx<OrgScope>,
  wanted: Insertion,
): Promise<Result<string, CreateKeyError>> {
  const { organizationId, userId } = tx.scope;
  const { name, scopes, perMinute, expiresAt, key, now } = wanted;
  const buildingIds = [...new Set(wanted.buildingIds)];
  if (!(await areBuildings(tx, buildingIds))) return err("building-not-found");
  const id = newId();
  const accountId = await accountOf(tx, wanted.takesOverFrom, id);
  if (accountId === null) return err("key-not-found");
  const secretHash = keyHash(key);
  const allBuildings = buildingIds.length === 0;
  const facts = { name, scopes: [...scopes], perMinute, expiresAt, allBuildings };
  const kept = { secretHash, shownEnd: key.slice(-SHOWN) };
  const by = { createdBy: userId, createdAt: now };
  await tx.db.apiKey.createMany({
    data: [{ organizationId, id, accountId, ...facts, ...kept, ...by }],
  });
  await tx.db.apiKeyBuilding.createMany({
    data: buildingIds.map((buildingId) => ({ organizationId, keyId: id, buildingId })),
  });
  await tx.db.apiKeyDirectory.createMany({
    data: [{ secretHash, belongsTo: organizationId, keyId: id }],
  });
  await planForgetting(tx, id, now);
  await recordAudit(tx, {
    at: now,
    action: "api-key.created",
    subjectKind: "api-key",
    subjectId: id,
    detail: accountId === id ? {} : { takesOverFrom: wanted.takesOverFrom ?? "" },
    after: {
      ...{ name, scopes: scopes.join(" "), perMinute },
      ...(allBuildings ? {} : { buildingIds: buildingIds.join(" ") }),
      ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
    },
  });
  return ok(id);
}

async function areBuildings(tx: ScopedTx, buildingIds: readonly string[]): Promise<boolean> {
  if (!buildingIds.every(isId)) return false;
  const { organizationId } = tx.scope;
  const where = { organizationId, id: { in: [...buildingIds] } };
  return (await tx.db.building.count({ where })) === buildingIds.length;
}

/** The account of a new key: that of the one it takes over from, or one of its own. */
async function accountOf(tx: ScopedTx, other: string | null, id: string): Promise<string | null> {
  if (other === null) return id;
  if (!isId(other)) return null;
  const { organizationId } = tx.scope;
  const key = await tx.db.apiKey.findUnique({
    where: { organizationId_id: { organizationId, id: other } },
    select: { accountId: true },
  });
  return key?.accountId ?? null;
}

/** Shuts a key out for good; its next request is refused. */
export function revokeApiKey(
  scope: OrgScope,
  { id, now }: { readonly id: string; readonly now: Date },
): Promise<Result<void, "not-found">> {
  const { organizationId, userId } = scope;
  return inScope(scope, async (tx) => {
    if (!isId(id)) return err("not-found");
    const { count } = await tx.db.apiKey.updateMany({
      where: { organizationId, id, revokedAt: null },
      data: { revokedAt: now, revokedBy: userId },
    });
    if (count === 0) return err("not-found");
    const which = { subjectKind: "api-key", subjectId: id } as const;
    await recordAudit(tx, { at: now, action: "api-key.revoked", ...which, detail: {} });
    return ok(undefined);
  });
}
