import { buildingsOf, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";

/** The beds of a room, and who comes next in some of them. */
const MOST_LEASES = 12;

/** A lease as its unit's page tells of it: the one that runs, or one to come. */
export type UnitLease = {
  readonly leaseId: string;
  readonly residentName: string;
  /** Null for a unit that is let whole. */
  readonly bed: { readonly id: string; readonly label: string } | null;
  readonly startsOn: string;
  /** The first civil day no longer held; null while no end is known. */
  readonly endsOn: string | null;
  readonly hasBegun: boolean;
  /** Null for a role that manages no leases: phone and e-mail are nobody else's affair. */
  readonly contact: { readonly phone: string | null; readonly email: string | null } | null;
  /** How many accounts see the lease. */
  readonly holders: number;
  /** The printed invitation that is open; null when none is. */
  readonly invitation: { readonly expiresAt: Date; readonly createdBy: string } | null;
};

/**
 * The leases of a unit that are not over at an instant, by the building's own day, the one that
 * runs first. Empty for a unit that is vacant, and for one that this scope does not see. One
 * statement.
 */
export async function listUnitLeases(
  scope: OrgScope,
  unitId: string,
  now: Date,
): Promise<readonly UnitLease[]> {
  if (!isId(unitId)) return [];
  const seesContact = scope.permissions.includes("lease:manage");
  const within = buildingsOf(scope);
  const rows = await inScope(
    scope,
    (tx) => tx.db.$queryRaw<Row[]>`
      SELECT l.id AS "leaseId", r.name AS "residentName", l.starts_on::text AS "startsOn",
        l.ends_on::text AS "endsOn", l.starts_on <= here.today AS "hasBegun",
        bed.id AS "bedId", bed.label AS "bedLabel",
        CASE WHEN ${seesContact} THEN r.phone END AS phone,
        CASE WHEN ${seesContact} THEN r.email END AS email,
        (SELECT count(*)::int FROM lease_holder h
          WHERE h.organization_id = l.organization_id AND h.lease_id = l.id) AS holders,
        open.expires_at AS "expiresAt", open.created_by AS "createdBy"
      FROM (SELECT u.organization_id, u.id,
          (${now}::timestamptz AT TIME ZONE b.time_zone)::date AS today
        FROM unit u
        JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
        WHERE u.organization_id = ${scope.organizationId}::uuid AND u.id = ${unitId}::uuid
          AND (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[]))) here
      JOIN lease l ON l.organization_id = here.organization_id AND l.unit_id = here.id
        AND (l.ends_on IS NULL OR l.ends_on > here.today)
      JOIN resident r ON r.organization_id = l.organization_id AND r.id = l.resident_id
      LEFT JOIN bed ON bed.organization_id = l.organization_id AND bed.id = l.bed_id
      LEFT JOIN LATERAL (SELECT i.expires_at, i.created_by FROM resident_invitation i
        WHERE i.organization_id = l.organization_id AND i.lease_id = l.id
          AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${now}::timestamptz
        LIMIT 1) open ON true
      ORDER BY l.starts_on, l.id LIMIT ${MOST_LEASES}`,
  );
  return rows.map((row) => {
    const { bedId, bedLabel, phone, email, expiresAt, createdBy, ...lease } = row;
    return {
      ...lease,
      bed: bedId !== null && bedLabel !== null ? { id: bedId, label: bedLabel } : null,
      contact: seesContact ? { phone, email } : null,
      invitation: expiresAt && createdBy ? { expiresAt, createdBy } : null,
    };
  });
}

type Row = Omit<UnitLease, "bed" | "contact" | "invitation"> & {
  readonly bedId: string | null;
  readonly bedLabel: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly expiresAt: Date | null;
  readonly createdBy: string | null;
};
