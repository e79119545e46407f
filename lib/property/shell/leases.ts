import {
  addLeaseHolder,
  inScope,
  recordAudit,
  type ScopedTx,
  setLeaseContacts,
  withinBuildings,
} from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";
import { contactsOf, type ResidentContact } from "../core/resident-form";
import type { StartLeaseError } from "../errors";
import { dateOfCivilDay, startOfCivilDay } from "./civil-time";
import { retryOverlap } from "./retry-overlap";

export type NewLease = {
  readonly unitId: string;
  /** One of the unit's beds; the unit as a whole where nothing is said. */
  readonly bedId?: string;
  readonly residentName: string;
  /** The first civil day, "YYYY-MM-DD", in the building's zone. */
  readonly startsOn: string;
  readonly now: Date;
  /** How the resident is reached and may sign in, as `parseResidentContact` reads it. */
  readonly contact?: ResidentContact;
  /** The resident's account, when there is one. */
  readonly holderUserId?: string;
};

/** Is no bed's id, so that a unit that is let whole asks for none. */
const NO_BED = "00000000-0000-0000-0000-000000000000";

type Started = Result<{ readonly leaseId: string }, StartLeaseError>;

/**
 * Lets a unit or a bed to a resident, open-ended. A unit that stood empty gets an occupancy and its
 * wallet, from the start of the day; one that did not keeps them. Throws for a day that does not
 * exist.
 */
export function startLease(scope: OrgScope | SystemScope, lease: NewLease): Promise<Started> {
  const { organizationId } = scope;
  return retryOverlap(() =>
    inScope(scope, async (tx): Promise<Started> => {
      const startsOn = dateOfCivilDay(lease.startsOn);
      if (!isId(lease.unitId)) return err("unit-not-found");
      const unit = await tx.db.unit.findFirst({
        where: { organizationId, id: lease.unitId, ...withinBuildings(scope, "buildingId") },
        select: {
          label: true,
          building: { select: { currency: true, timeZone: true } },
          beds: { where: { id: lease.bedId ?? NO_BED }, select: { label: true } },
          leases: {
            where: {
              OR: [{ endsOn: null }, { endsOn: { gt: startsOn } }],
              ...(lease.bedId ? { AND: { OR: [{ bedId: null }, { bedId: lease.bedId }] } } : {}),
            },
            select: { id: true },
            take: 1,
          },
        },
      });
      if (!unit || (lease.bedId && !unit.beds[0])) return err("unit-not-found");
      if (unit.leases.length > 0) return err("unit-already-leased");
      const leaseId = await insertLease(tx, {
        ...lease,
        startsAt: startsOn,
        unitLabel: [unit.label, ...unit.beds.map((bed) => bed.label)].join(" "),
      });
      const { currency, timeZone } = unit.building;
      const startsAt = startOfCivilDay(lease.startsOn, timeZone);
      await openOccupancy(tx, { unitId: lease.unitId, startsAt, currency });
      return ok({ leaseId });
    }),
  );
}

async function insertLease(
  tx: ScopedTx,
  lease: NewLease & { readonly startsAt: Date; readonly unitLabel: string },
): Promise<string> {
  const { organizationId } = tx.scope;
  const { unitId, bedId = null, startsOn, startsAt, unitLabel, now, holderUserId } = lease;
  const contact = lease.contact ?? { phone: null, email: null };
  const residentId = newId();
  const id = newId();
  await tx.db.resident.createMany({
    data: [{ organizationId, id: residentId, name: lease.residentName, ...contact }],
  });
  await tx.db.lease.createMany({
    data: [{ organizationId, id, unitId, bedId, residentId, startsOn: startsAt }],
  });
  const contacts = contactsOf(contact);
  if (contacts.length > 0) await setLeaseContacts(tx, id, contacts);
  if (holderUserId) await addLeaseHolder(tx, { userId: holderUserId, leaseId: id });
  await recordAudit(tx, {
    at: now,
    action: "lease.started",
    subjectKind: "lease",
    subjectId: id,
    detail: {},
    after: { unitId, unit: unitLabel, startsOn },
    personal: Object.fromEntries(contacts.map(({ kind, value }) => [kind, value])),
  });
  return id;
}

/** Wallet and carried watt-hours belong to the occupancy, so it has a wallet from the first day. */
async function openOccupancy(
  tx: ScopedTx,
  occupancy: { readonly unitId: string; readonly startsAt: Date; readonly currency: string },
): Promise<void> {
  const { organizationId } = tx.scope;
  const { unitId, startsAt, currency } = occupancy;
  const open = await tx.db.occupancy.count({
    where: { organizationId, unitId, OR: [{ endsAt: null }, { endsAt: { gt: startsAt } }] },
    take: 1,
  });
  if (open > 0) return;
  const id = newId();
  await tx.db.occupancy.createMany({ data: [{ organizationId, id, unitId, startsAt }] });
  await tx.db.wallet.createMany({ data: [{ organizationId, occupancyId: id, currency }] });
}
