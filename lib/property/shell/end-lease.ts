import {
  enqueueDueWork,
  inScope,
  recordAudit,
  type ScopedTx,
  setLeaseContacts,
} from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import type { EndLeaseError } from "../errors";
import { civilDayOf, dateOfCivilDay, startOfCivilDay } from "./civil-time";
import { hasEnded, type LockedLease, lockLease } from "./locked-lease";
import { closeInvitations } from "./resident-invitations";
import { retryOverlap } from "./retry-overlap";

export type LeaseEnd = {
  readonly leaseId: string;
  /** The first civil day no longer held, "YYYY-MM-DD", in the building's zone. */
  readonly endsOn: string;
  readonly now: Date;
};

/**
 * Ends a lease, on a day that has come or on one to come; an end that is still to come can be
 * moved. The occupancy ends with it unless the next lease begins within it. From the day on nobody
 * new is let in by the lease's contacts or by a printed invitation. Throws for a day that does not
 * exist.
 */
export function endLease(
  scope: OrgScope | SystemScope,
  end: LeaseEnd,
): Promise<Result<void, EndLeaseError>> {
  const { organizationId } = scope;
  const { leaseId, endsOn, now } = end;
  return retryOverlap(() =>
    inScope(scope, async (tx): Promise<Result<void, EndLeaseError>> => {
      const endsOnDate = dateOfCivilDay(endsOn);
      const lease = await lockLease(tx, leaseId);
      if (!lease) return err("lease-not-found");
      if (hasEnded(lease, now)) return err("lease-already-ended");
      if (endsOn <= lease.startsOn) return err("ends-before-start");
      const next = await findNextLease(tx, lease);
      if (next !== null && next < endsOn) return err("unit-already-leased");
      await tx.db.lease.updateMany({
        where: { organizationId, id: leaseId },
        data: { endsOn: endsOnDate },
      });
      await endOccupancy(tx, lease, { endsOn, next });
      await recordAudit(tx, {
        at: now,
        action: "lease.ended",
        subjectKind: "lease",
        subjectId: leaseId,
        detail: {},
        before: lease.endsOn === null ? {} : { endsOn: lease.endsOn },
        after: { unit: lease.unitLabel, endsOn },
      });
      const dueAt = startOfCivilDay(endsOn, lease.timeZone);
      if (dueAt <= now) await closeWays(tx, leaseId, now);
      else await enqueueDueWork(tx, { subjectId: leaseId, kind: "lease.ended", dueAt });
      return ok(undefined);
    }),
  );
}

/** The first day of whoever has the unit after this lease; null for nobody. */
async function findNextLease(tx: ScopedTx, lease: LockedLease): Promise<string | null> {
  const { organizationId } = tx.scope;
  const { unitId, startsOn } = lease;
  const next = await tx.db.lease.findFirst({
    where: { organizationId, unitId, startsOn: { gt: dateOfCivilDay(startsOn) } },
    orderBy: { startsOn: "asc" },
    select: { startsOn: true },
  });
  return next && civilDayOf(next.startsOn);
}

/** The unit stands empty from the end on, unless the next lease begins within the occupancy. */
async function endOccupancy(
  tx: ScopedTx,
  { unitId, startsOn, timeZone }: LockedLease,
  { endsOn, next }: { readonly endsOn: string; readonly next: string | null },
): Promise<void> {
  const { organizationId } = tx.scope;
  const leasedAt = startOfCivilDay(startsOn, timeZone);
  const nextAt = next && startOfCivilDay(next, timeZone);
  await tx.db.occupancy.updateMany({
    where: {
      organizationId,
      unitId,
      startsAt: { lte: leasedAt },
      AND: [
        { OR: [{ endsAt: null }, { endsAt: { gt: leasedAt } }] },
        nextAt ? { endsAt: { lte: nextAt } } : {},
      ],
    },
    data: { endsAt: startOfCivilDay(endsOn, timeZone) },
  });
}

async function closeWays(tx: ScopedTx, leaseId: string, now: Date): Promise<void> {
  await setLeaseContacts(tx, leaseId, []);
  await closeInvitations(tx, leaseId, now);
}

/**
 * Forgets the contacts of a lease whose planned end has come; the worker asks on that day. False
 * while it has not: the end was moved. An invitation needs no closing, for it opens no ended lease.
 */
export function forgetEndedLease(scope: SystemScope, leaseId: string, now: Date): Promise<boolean> {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    const lease = await tx.db.lease.findFirst({
      where: { organizationId, id: leaseId },
      select: {
        endsOn: true,
        unit: { select: { building: { select: { timeZone: true } } } },
      },
    });
    if (!lease) return true;
    const { timeZone } = lease.unit.building;
    const endsOn = lease.endsOn && civilDayOf(lease.endsOn);
    if (!hasEnded({ endsOn, timeZone }, now)) return false;
    await setLeaseContacts(tx, leaseId, []);
    return true;
  });
}
