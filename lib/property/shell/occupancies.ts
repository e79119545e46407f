import type { ScopedTx } from "@/lib/access";
import { newId } from "@/lib/platform";
import { type LeaseDays, occupancySpans } from "../core/occupancy-spans";
import { civilDayOf, dateOfCivilDay, startOfCivilDay } from "./civil-time";

/** One start or end of a unit's leases at a time: together they decide when it is empty. */
export async function lockUnit(tx: ScopedTx, unitId: string): Promise<void> {
  await tx.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${unitId}, 3))::text`;
}

export type OccupiedUnit = {
  readonly unitId: string;
  readonly timeZone: string;
  readonly currency: string;
};

/**
 * Brings a unit's occupancies in line with its leases from a civil day on. Wallet and carried
 * watt-hours belong to the occupancy, so each has a wallet from its first day. An occupancy that
 * stands is ended or prolonged, never moved: what was bought in it stays with it.
 */
export async function settleOccupancies(
  tx: ScopedTx,
  unit: OccupiedUnit,
  from: string,
): Promise<void> {
  const { organizationId } = tx.scope;
  const { unitId, timeZone } = unit;
  const leases = await tx.db.lease.findMany({
    where: {
      organizationId,
      unitId,
      OR: [{ endsOn: null }, { endsOn: { gt: dateOfCivilDay(from) } }],
    },
    select: { startsOn: true, endsOn: true },
    orderBy: { startsOn: "asc" },
    take: 200,
  });
  // A lease that is held on that day may have begun before it: so may what it occupies.
  const [earliest] = leases;
  const firstHeld = earliest ? civilDayOf(earliest.startsOn) : from;
  const since = startOfCivilDay(firstHeld < from ? firstHeld : from, timeZone);
  const standing = await tx.db.occupancy.findMany({
    where: {
      organizationId,
      unitId,
      OR: [{ endsAt: null }, { endsAt: { gt: since } }],
    },
    select: { id: true, startsAt: true, endsAt: true },
    orderBy: { startsAt: "asc" },
    take: 200,
  });
  const held = leases.map((lease) => ({
    startsOn: civilDayOf(lease.startsOn),
    endsOn: lease.endsOn && civilDayOf(lease.endsOn),
  }));
  let known: readonly Standing[] = standing;
  for (const span of occupancySpans(held)) {
    known = await settleSpan(tx, { unit, span, standing: known });
  }
}

type Standing = { readonly id: string; readonly startsAt: Date; readonly endsAt: Date | null };

/** One stretch of days; gives the occupancies with their ends as they are then. */
async function settleSpan(
  tx: ScopedTx,
  settled: {
    readonly unit: OccupiedUnit;
    readonly span: LeaseDays;
    readonly standing: readonly Standing[];
  },
): Promise<readonly Standing[]> {
  const { unit, span, standing } = settled;
  const startsAt = startOfCivilDay(span.startsOn, unit.timeZone);
  const endsAt = span.endsOn === null ? null : startOfCivilDay(span.endsOn, unit.timeZone);
  const within = standing.filter(
    (one) =>
      (endsAt === null || one.startsAt < endsAt) && (one.endsAt === null || one.endsAt > startsAt),
  );
  const first = within[0];
  if (!first || first.startsAt > startsAt) {
    await openOccupancy(tx, unit, { startsAt, endsAt: first?.startsAt ?? endsAt });
  }
  const ends = new Map(within.map((one, at) => [one.id, within[at + 1]?.startsAt ?? endsAt]));
  for (const { id, endsAt: before } of within) {
    const end = ends.get(id) ?? null;
    if (before?.getTime() === end?.getTime()) continue;
    await tx.db.occupancy.updateMany({
      where: { organizationId: tx.scope.organizationId, id },
      data: { endsAt: end },
    });
  }
  return standing.map((one) => ({
    ...one,
    endsAt: ends.has(one.id) ? (ends.get(one.id) ?? null) : one.endsAt,
  }));
}

async function openOccupancy(
  tx: ScopedTx,
  { unitId, currency }: OccupiedUnit,
  span: { readonly startsAt: Date; readonly endsAt: Date | null },
): Promise<void> {
  const { organizationId } = tx.scope;
  const id = newId();
  await tx.db.occupancy.createMany({ data: [{ organizationId, id, unitId, ...span }] });
  await tx.db.wallet.createMany({ data: [{ organizationId, occupancyId: id, currency }] });
}
