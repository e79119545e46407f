import { createHash, randomBytes } from "node:crypto";
import { inScope, recordAudit } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";

export type GatewayView = {
  readonly id: string;
  readonly name: string;
  /** Null for one that reaches all buildings. */
  readonly buildingName: string | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
};

const MOST = 200;
const LONGEST_NAME = 80;
const SECRET_BYTES = 16;

/** The gateways of an organization, those that are let in first. */
export async function listGateways(scope: OrgScope): Promise<readonly GatewayView[]> {
  const rows = await inScope(scope, (tx) =>
    tx.db.gateway.findMany({
      where: { organizationId: scope.organizationId },
      select: {
        ...{ id: true, name: true, createdAt: true, revokedAt: true },
        building: { select: { name: true } },
      },
      orderBy: [{ revokedAt: { sort: "asc", nulls: "first" } }, { createdAt: "desc" }],
      take: MOST,
    }),
  );
  return rows.map(({ building, ...gateway }) => ({
    ...gateway,
    buildingName: building?.name ?? null,
  }));
}

/**
 * Lets a gateway push readings, of one building or of all, and gives its secret: it is kept as a
 * hash, and so is shown this once.
 */
export function createGateway(
  scope: OrgScope,
  wanted: { readonly name: string; readonly buildingId: string | null; readonly now: Date },
): Promise<Result<string, "no-name" | "building-not-found">> {
  const { organizationId, userId } = scope;
  const { buildingId, now } = wanted;
  const name = wanted.name.trim().slice(0, LONGEST_NAME);
  return inScope(scope, async (tx) => {
    if (name === "") return err("no-name");
    if (buildingId !== null) {
      const where = { organizationId_id: { organizationId, id: buildingId } };
      const building = isId(buildingId)
        ? await tx.db.building.findUnique({ where, select: { id: true } })
        : null;
      if (!building) return err("building-not-found");
    }
    const id = newId();
    const secret = randomBytes(SECRET_BYTES).toString("base64url");
    const secretHash = gatewaySecretHash(secret);
    const made = { organizationId, id, name, buildingId, secretHash };
    await tx.db.gateway.createMany({ data: [{ ...made, createdBy: userId, createdAt: now }] });
    await tx.db.gatewayDirectory.createMany({
      data: [{ secretHash, belongsTo: organizationId, gatewayId: id }],
    });
    await recordAudit(tx, {
      at: now,
      action: "gateway.created",
      subjectKind: "gateway",
      subjectId: id,
      detail: {},
      after: { name, ...(buildingId === null ? {} : { buildingId }) },
    });
    return ok(secret);
  });
}

/** Shuts a gateway out for good; it is let in no more from its next call on. */
export function revokeGateway(
  scope: OrgScope,
  { id, now }: { readonly id: string; readonly now: Date },
): Promise<Result<void, "not-found">> {
  const { organizationId, userId } = scope;
  return inScope(scope, async (tx) => {
    if (!isId(id)) return err("not-found");
    const { count } = await tx.db.gateway.updateMany({
      where: { organizationId, id, revokedAt: null },
      data: { revokedAt: now, revokedBy: userId },
    });
    if (count === 0) return err("not-found");
    const which = { subjectKind: "gateway", subjectId: id } as const;
    await recordAudit(tx, { at: now, action: "gateway.revoked", ...which, detail: {} });
    return ok(undefined);
  });
}

export const gatewaySecretHash = (secret: string): string =>
  createHash("sha256").update(secret).digest("hex");
