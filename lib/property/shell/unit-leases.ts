import { inScope, withinBuildings } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import { civilDayAt, civilDayOf, dateOfCivilDay } from "./civil-time";

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
 * runs first. Empty for a unit that is vacant, and for one that this scope does not see.
 */
export function listUnitLeases(
  scope: OrgScope,
  unitId: string,
  now: Date,
): Promise<readonly UnitLease[]> {
  const { organizationId } = scope;
  const seesContact = scope.permissions.includes("lease:manage");
  return inScope(scope, async (tx) => {
    if (!isId(unitId)) return [];
    const unit = await tx.db.unit.findFirst({
      where: { organizationId, id: unitId, ...withinBuildings(scope, "buildingId") },
      select: { building: { select: { timeZone: true } } },
    });
    if (!unit) return [];
    const today = civilDayAt(now, unit.building.timeZone);
    const rows = await tx.db.lease.findMany({
      where: {
        organizationId,
        unitId,
        OR: [{ endsOn: null }, { endsOn: { gt: dateOfCivilDay(today) } }],
      },
      select: {
        id: true,
        startsOn: true,
        endsOn: true,
        bed: { select: { id: true, label: true } },
        resident: { select: { name: true, phone: seesContact, email: seesContact } },
        _count: { select: { holders: true } },
        invitations: {
          where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
          select: { expiresAt: true, createdBy: true },
          take: 1,
        },
      },
      orderBy: [{ startsOn: "asc" }, { id: "asc" }],
      take: MOST_LEASES,
    });
    return rows.map(({ id, startsOn, endsOn, bed, resident, _count, invitations }) => ({
      leaseId: id,
      bed,
      residentName: resident.name,
      startsOn: civilDayOf(startsOn),
      endsOn: endsOn && civilDayOf(endsOn),
      hasBegun: civilDayOf(startsOn) <= today,
      contact: seesContact
        ? { phone: resident.phone ?? null, email: resident.email ?? null }
        : null,
      holders: _count.holders,
      invitation: invitations[0] ?? null,
    }));
  });
}
