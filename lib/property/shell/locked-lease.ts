import { buildingsOf, type ScopedTx } from "@/lib/access";
import { isId } from "@/lib/platform";
import { startOfCivilDay } from "./civil-time";

/** A lease that this transaction has taken, with what decides about it. */
export type LockedLease = {
  readonly leaseId: string;
  readonly unitId: string;
  /** Null for a unit that is let whole. */
  readonly bedId: string | null;
  /** With the bed's label, where it is one. */
  readonly unitLabel: string;
  readonly residentId: string;
  readonly phone: string | null;
  readonly email: string | null;
  /** Civil days; the end is the first day no longer held. */
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly timeZone: string;
  readonly currency: string;
};

/**
 * Takes a lease's row for this transaction: who ends it, who prints an invitation to it and who
 * accepts one do so one after the other. Null for another organization's lease, for one beyond a
 * role's buildings, and for what is no id.
 */
export async function lockLease(tx: ScopedTx, leaseId: string): Promise<LockedLease | null> {
  if (!isId(leaseId)) return null;
  const { organizationId } = tx.scope;
  const within = buildingsOf(tx.scope);
  const [lease] = await tx.db.$queryRaw<LockedLease[]>`
    SELECT l.id AS "leaseId", u.id AS "unitId", l.bed_id AS "bedId",
      concat_ws(' ', u.label, bed.label) AS "unitLabel", r.id AS "residentId",
      r.phone, r.email, l.starts_on::text AS "startsOn", l.ends_on::text AS "endsOn",
      b.time_zone AS "timeZone", b.currency
    FROM lease l
    JOIN unit u ON u.organization_id = l.organization_id AND u.id = l.unit_id
    JOIN building b ON b.organization_id = l.organization_id AND b.id = u.building_id
    JOIN resident r ON r.organization_id = l.organization_id AND r.id = l.resident_id
    LEFT JOIN bed ON bed.organization_id = l.organization_id AND bed.id = l.bed_id
    WHERE l.organization_id = ${organizationId}::uuid AND l.id = ${leaseId}::uuid
      AND (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[]))
    FOR UPDATE OF l`;
  return lease ?? null;
}

/** Whether a lease is over at an instant, by the building's own day. */
export function hasEnded(
  { endsOn, timeZone }: Pick<LockedLease, "endsOn" | "timeZone">,
  now: Date,
): boolean {
  return endsOn !== null && startOfCivilDay(endsOn, timeZone) <= now;
}
