import { err, ok, type Result } from "@/lib/kernel";
import { prismaFor, runtimePool } from "@/lib/platform/databases";
import type { EndpointScope } from "../core/scope";
import { inScope } from "./in-scope";
import { made, systemScope } from "./open-scopes";

/** A program of somebody else's that holds a key: the scope is its key's, limited to buildings. */
export type ApiKeyHolder = {
  readonly scope: EndpointScope;
  readonly keyId: string;
  readonly keyName: string;
  /** Whose key it is: a key that took over from another has the other's account. */
  readonly accountId: string;
  readonly perMinute: number;
  /** The day, in UTC, on which it was last used; null before the first time. */
  readonly lastUsedOn: Date | null;
};

/**
 * Who holds a key, by its secret's hash. The look-up is by an index on the hash, so how long it
 * takes tells nothing of any secret. Refused for a hash that nobody has, for a key that was revoked
 * or has run out, and for one that was not made for what is asked.
 */
export async function findApiKeyScope(
  secretHash: string,
  ask: { readonly keyScope: string; readonly now: Date },
): Promise<Result<ApiKeyHolder, "unknown" | "revoked" | "expired" | "scope-missing">> {
  const entry = await prismaFor(runtimePool()).apiKeyDirectory.findUnique({
    where: { secretHash },
    select: { belongsTo: true, keyId: true },
  });
  if (!entry) return err("unknown");
  const { belongsTo: organizationId, keyId } = entry;
  const key = await inScope(systemScope(organizationId, "an API key is looked up"), (tx) =>
    tx.db.apiKey.findUnique({
      where: { organizationId_id: { organizationId, id: keyId } },
      select: {
        ...{ accountId: true, name: true, scopes: true, allBuildings: true, perMinute: true },
        ...{ expiresAt: true, revokedAt: true, lastUsedOn: true },
        buildings: { select: { buildingId: true } },
      },
    }),
  );
  if (!key) return err("unknown");
  if (key.revokedAt) return err("revoked");
  if (key.expiresAt && key.expiresAt <= ask.now) return err("expired");
  if (!key.scopes.includes(ask.keyScope)) return err("scope-missing");
  const buildingIds = key.allBuildings ? null : key.buildings.map((row) => row.buildingId);
  const { accountId, name: keyName, perMinute, lastUsedOn } = key;
  const facts = { organizationId, endpointId: keyId, provider: "api", buildingIds } as const;
  const scope = made<EndpointScope>({ kind: "endpoint", ...facts });
  return ok({ scope, keyId, keyName, accountId, perMinute, lastUsedOn });
}
