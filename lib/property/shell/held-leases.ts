import type { ScopedTx } from "@/lib/access";
import { civilDayAt, civilDayOf, dateOfCivilDay, startOfCivilDay } from "./civil-time";

export type HeldLease = {
  readonly leaseId: string;
  readonly unitId: string;
  /** True for a bed: its room's meter is shared with whoever holds the others. */
  readonly isShared: boolean;
  readonly startsAt: Date;
  /** The first instant at which the lease is not held any more; null while no end is known. */
  readonly endsAt: Date | null;
};

const MOST_LEASES = 50;

/** What the leases of these ids hold, by their buildings' own days; unknown ids are left out. */
export async function listHeldLeases(
  tx: ScopedTx,
  leaseIds: readonly string[],
): Promise<readonly HeldLease[]> {
  const rows = await tx.db.lease.findMany({
    where: { organizationId: tx.scope.organizationId, id: { in: [...leaseIds] } },
    select: {
      id: true,
      unitId: true,
      bedId: true,
      startsOn: true,
      endsOn: true,
      unit: { select: { building: { select: { timeZone: true } } } },
    },
    orderBy: { id: "asc" },
    take: MOST_LEASES,
  });
  return rows.map(({ id, unitId, bedId, startsOn, endsOn, unit }) => ({
    leaseId: id,
    unitId,
    isShared: bedId !== null,
    startsAt: startOfCivilDay(civilDayOf(startsOn), unit.building.timeZone),
    endsAt: endsOn && startOfCivilDay(civilDayOf(endsOn), unit.building.timeZone),
  }));
}

/** The lease of a unit that a person holds at an instant; of several the first. Null for none. */
export async function findOwnLease(
  tx: ScopedTx,
  own: {
    readonly unitId: string;
    readonly userId: string;
    readonly timeZone: string;
    readonly at: Date;
  },
): Promise<string | null> {
  const { organizationId } = tx.scope;
  const today = dateOfCivilDay(civilDayAt(own.at, own.timeZone));
  const lease = await tx.db.lease.findFirst({
    where: {
      organizationId,
      unitId: own.unitId,
      startsOn: { lte: today },
      OR: [{ endsOn: null }, { endsOn: { gt: today } }],
      holders: { some: { organizationId, userId: own.userId } },
    },
    select: { id: true },
    orderBy: [{ startsOn: "asc" }, { id: "asc" }],
  });
  return lease?.id ?? null;
}
