import type { ScopedTx } from "@/lib/access";
import { civilDayOf, startOfCivilDay } from "./civil-time";

export type HeldLease = {
  readonly leaseId: string;
  /** The first instant at which the lease is not held any more; null while no end is known. */
  readonly endsAt: Date | null;
};

const MOST_LEASES = 50;

/** When the leases of these ids end, by their buildings' own days; unknown ids are left out. */
export async function listHeldLeases(
  tx: ScopedTx,
  leaseIds: readonly string[],
): Promise<readonly HeldLease[]> {
  const rows = await tx.db.lease.findMany({
    where: { organizationId: tx.scope.organizationId, id: { in: [...leaseIds] } },
    select: {
      id: true,
      endsOn: true,
      unit: { select: { building: { select: { timeZone: true } } } },
    },
    orderBy: { id: "asc" },
    take: MOST_LEASES,
  });
  return rows.map(({ id, endsOn, unit }) => ({
    leaseId: id,
    endsAt: endsOn && startOfCivilDay(civilDayOf(endsOn), unit.building.timeZone),
  }));
}
