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
import { lockUnit, settleOccupancies } from "./occupancies";
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
 * moved. The occupancy ends with the last lease of the unit. From the day on nobody new is let in
 * by the lease's contacts or by a printed invitation. Throws for a day that does not exist.
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
      await lockUnit(tx, lease.unitId);
      if (hasEnded(lease, now)) return err("lease-already-ended");
      if (endsOn <= lease.startsOn) return err("ends-before-start");
      const next = await findNextLease(tx, lease);
      if (next !== null && next < endsOn) return err("unit-already-leased");
      await tx.db.lease.updateMany({
        where: { organizationId, id: leaseId },
        data: { endsOn: endsOnDate },
      });
      await settleOccupancies(tx, lease, lease.startsOn);
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

/** The first day of whoever has the same place after this lease; null for nobody. */
async function findNextLease(tx: ScopedTx, lease: LockedLease): Promise<string | null> {
  const { organizationId } = tx.scope;
  const { unitId, bedId, startsOn } = lease;
  const next = await tx.db.lease.findFirst({
    where: {
      organizationId,
      unitId,
      startsOn: { gt: dateOfCivilDay(startsOn) },
      // A bed is kept from who has it next, and from who has the whole room next.
      ...(bedId === null ? {} : { OR: [{ bedId }, { bedId: null }] }),
    },
    orderBy: { startsOn: "asc" },
    select: { startsOn: true },
  });
  return next && civilDayOf(next.startsOn);
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
