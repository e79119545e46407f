import { isId } from "@/lib/platform";
import { authPool, prismaFor, runtimePool } from "@/lib/platform/databases";
import { type Permission, parseMembershipRole, permissionsOf } from "../core/permissions";
import type {
  EndpointScope,
  OrgScope,
  RequestOrigin,
  ResidentScope,
  Scope,
  SystemScope,
} from "../core/scope";
import { inScope } from "./in-scope";

const SLUG = /^[a-z0-9-]{1,100}$/;

export const made = <S extends Scope>(facts: Omit<S, symbol>): S => facts as unknown as S;

/**
 * Staff: the organization a person opens by its name in the address bar, with what the role may do.
 * Null when the person is no member (any more), support's time is over, or the role does not have
 * the permission: a stranger must not learn that the organization exists.
 */
export async function findOrgScope(
  person: {
    readonly userId: string;
    readonly slug: string;
    readonly origin?: RequestOrigin;
  },
  permission: Permission,
  now: Date,
): Promise<OrgScope | null> {
  // What no organization is called is asked of nobody: a database does not take every text.
  if (!SLUG.test(person.slug)) return null;
  const entry = await prismaFor(authPool()).membershipDirectory.findUnique({
    where: { userId_kind_slug: { userId: person.userId, kind: "staff", slug: person.slug } },
    select: { belongsTo: true },
  });
  if (!entry) return null;
  const lookup = systemScope(entry.belongsTo, "membership is looked up");
  const [membership] = await inScope(
    lookup,
    (tx) => tx.db.$queryRaw<Membership[]>`
      SELECT m.role, m.ends_at AS "endsAt", m.all_buildings AS "allBuildings",
        ARRAY(SELECT b.building_id FROM membership_building b
          WHERE b.organization_id = m.organization_id AND b.user_id = m.user_id) AS "buildingIds"
      FROM membership m
      WHERE m.organization_id = ${entry.belongsTo}::uuid AND m.user_id = ${person.userId}::uuid`,
  );
  if (!membership || (membership.endsAt && membership.endsAt <= now)) return null;
  const role = parseMembershipRole(membership.role);
  if (!role) return null;
  const isLimited = !membership.allBuildings;
  const permissions = permissionsOf(role, { isLimited });
  if (!permissions.includes(permission)) return null;
  const { userId, slug } = person;
  const organizationId = entry.belongsTo;
  return made<OrgScope>({
    kind: "organization",
    organizationId,
    slug,
    userId,
    role,
    permissions,
    buildingIds: isLimited ? membership.buildingIds : null,
    origin: person.origin ?? null,
  });
}

type Membership = {
  readonly role: string;
  readonly endsAt: Date | null;
  readonly allBuildings: boolean;
  readonly buildingIds: readonly string[];
};

/** The organizations a person opens as staff, by name in the address bar. */
export async function listStaffSlugs(userId: string): Promise<readonly string[]> {
  const entries = await prismaFor(authPool()).membershipDirectory.findMany({
    where: { userId, kind: "staff" },
    select: { slug: true },
    orderBy: { slug: "asc" },
    take: 50,
  });
  return entries.map((entry) => entry.slug);
}

/** A resident in each organization that gave the person a lease; empty for who holds none. */
export async function listResidentScopes(
  userId: string,
  origin: RequestOrigin | null = null,
): Promise<readonly ResidentScope[]> {
  const entries = await prismaFor(authPool()).membershipDirectory.findMany({
    where: { userId, kind: "resident" },
    select: { belongsTo: true },
    orderBy: { belongsTo: "asc" },
    take: 20,
  });
  const scopes = entries.map(async ({ belongsTo }) => {
    const lookup = systemScope(belongsTo, "leases held are looked up");
    const held = await inScope(lookup, (tx) =>
      tx.db.leaseHolder.findMany({
        where: { organizationId: belongsTo, userId },
        select: { leaseId: true },
        orderBy: { leaseId: "asc" },
        take: 50,
      }),
    );
    const leaseIds = held.map((lease) => lease.leaseId);
    return made<ResidentScope>({
      kind: "resident",
      organizationId: belongsTo,
      userId,
      leaseIds,
      origin,
    });
  });
  const opened = await Promise.all(scopes);
  return opened.filter((scope) => scope.leaseIds.length > 0);
}

/**
 * A provider's endpoint, by the id in its address; of any provider where none is named. Null for
 * one that does not exist.
 */
export async function findEndpointScope(
  endpointId: string,
  wanted?: string,
): Promise<EndpointScope | null> {
  if (!isId(endpointId)) return null;
  const entry = await prismaFor(runtimePool()).paymentEndpoint.findUnique({
    where: { id: endpointId },
    select: { belongsTo: true, provider: true },
  });
  if (!entry || (wanted !== undefined && entry.provider !== wanted)) return null;
  const { provider } = entry;
  return made<EndpointScope>({
    kind: "endpoint",
    organizationId: entry.belongsTo,
    endpointId,
    provider,
    buildingIds: null,
  });
}

/** A gateway by the hash of its secret. Null for one that opens nothing, or nothing any more. */
export async function findGatewayScope(secretHash: string): Promise<EndpointScope | null> {
  const entry = await prismaFor(runtimePool()).gatewayDirectory.findUnique({
    where: { secretHash },
    select: { belongsTo: true, gatewayId: true },
  });
  if (!entry) return null;
  const { belongsTo: organizationId, gatewayId: id } = entry;
  const lookup = systemScope(organizationId, "a gateway is looked up");
  const gateway = await inScope(lookup, (tx) =>
    tx.db.gateway.findUnique({
      where: { organizationId_id: { organizationId, id }, revokedAt: null },
      select: { buildingId: true },
    }),
  );
  if (!gateway) return null;
  const buildingIds = gateway.buildingId === null ? null : [gateway.buildingId];
  const facts = { organizationId, endpointId: id, provider: "gateway", buildingIds } as const;
  return made<EndpointScope>({ kind: "endpoint", ...facts });
}

/** For worker, sweeps and set-up. The reason is written into what they leave behind. */
export function systemScope(organizationId: string, reason: string): SystemScope {
  return made<SystemScope>({ kind: "system", organizationId, reason });
}
