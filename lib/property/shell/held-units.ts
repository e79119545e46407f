import { inScope } from "@/lib/access";
import type { ResidentScope } from "@/lib/access/shared";
import type { BuildingFacts } from "./building-views";
import { findUnit } from "./building-views";
import { civilDayAt, civilDayOf } from "./civil-time";

/** A home as its resident sees it: one for each lease held. */
export type HeldUnit = {
  readonly leaseId: string;
  readonly unitId: string;
  readonly label: string;
  /** Null also once the lease is over. */
  readonly meterId: string | null;
  /** Of whoever holds one of its beds; null for a unit that is let whole. */
  readonly bedLabel: string | null;
  /** Null also once the lease is over: the meter serves somebody else then. */
  readonly meterNumber: string | null;
  readonly startsOn: string;
  /** The first civil day no longer held; null while no end is known. */
  readonly endsOn: string | null;
  readonly hasEnded: boolean;
  readonly building: BuildingFacts;
};

const MOST_LEASES = 50;

/**
 * The homes of the leases a resident holds, at an instant: those that run first, then those that
 * are over, the latest first.
 */
export async function listHeldUnits(scope: ResidentScope, at: Date): Promise<readonly HeldUnit[]> {
  const leases = await inScope(scope, (tx) =>
    tx.db.lease.findMany({
      where: { organizationId: scope.organizationId, id: { in: [...scope.leaseIds] } },
      select: {
        id: true,
        unitId: true,
        startsOn: true,
        endsOn: true,
        bed: { select: { label: true } },
      },
      orderBy: [{ startsOn: "desc" }, { id: "asc" }],
      take: MOST_LEASES,
    }),
  );
  const homes = leases.map(async ({ id: leaseId, unitId, bed, ...days }) => {
    const unit = await findUnit(scope, unitId, at);
    if (!unit) return [];
    const { label, building } = unit;
    const endsOn = days.endsOn && civilDayOf(days.endsOn);
    const hasEnded = endsOn !== null && endsOn <= civilDayAt(at, building.timeZone);
    const meterNumber = hasEnded ? null : unit.meterNumber;
    const meterId = hasEnded ? null : unit.meterId;
    const startsOn = civilDayOf(days.startsOn);
    const bedLabel = bed?.label ?? null;
    const place = { leaseId, unitId, label, bedLabel, meterId, meterNumber, building };
    return [{ ...place, startsOn, endsOn, hasEnded }];
  });
  const all = (await Promise.all(homes)).flat();
  return [...all.filter((home) => !home.hasEnded), ...all.filter((home) => home.hasEnded)];
}
