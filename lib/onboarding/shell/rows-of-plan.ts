import { contactHash } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { civilDayAt, startOfCivilDay } from "@/lib/property";
import type { Plan, PlannedLease, Ref } from "../core/plan";

/** IEC 62055-41: EA11 is MISTY1, the only algorithm our keys are generated for. */
const ENCRYPTION_ALGORITHM = 11;

/** What `import_apply` takes: rows with ids, in the shape of its record sets. */
export function rowsOfPlan(plan: Plan, now: Date) {
  const ids = new Map<string, string>();
  const made = (ref: string) => {
    const id = newId();
    ids.set(ref, id);
    return id;
  };
  const idOf = (ref: Ref): string => {
    const id = "id" in ref ? ref.id : ids.get(ref.ref);
    assert(id !== undefined, "what a plan names it makes before");
    return id;
  };
  const buildings = plan.buildings.map(({ ref, ...building }) => ({ id: made(ref), ...building }));
  const units = plan.units.map(({ ref, building, ...unit }) => ({
    id: made(ref),
    buildingId: idOf(building),
    ...unit,
  }));
  const beds = plan.beds.map(({ ref, unit, ...bed }) => ({
    id: made(ref),
    unitId: idOf(unit),
    ...bed,
  }));
  return {
    buildings,
    units,
    beds,
    ...meterRows(plan, idOf, now),
    ...leaseRows(plan, idOf, now),
    occupancies: plan.occupancies.map(({ unit, ...occupancy }) => ({
      id: newId(),
      unitId: idOf(unit),
      ...occupancy,
    })),
  };
}

/** A meter hangs in its unit since its first reading, or from now on. */
function meterRows(plan: Plan, idOf: (ref: Ref) => string, now: Date) {
  const rows = plan.meters.map((meter) => ({
    ...meter,
    id: newId(),
    readAt: meter.reading?.at ?? now,
  }));
  return {
    meters: rows.map(({ id, number, resource, vendingKeyId, tariffIndex }) => ({
      id,
      number,
      resource,
      vendingKeyId,
      tariffIndex,
      encryptionAlgorithm: vendingKeyId === null ? null : ENCRYPTION_ALGORITHM,
    })),
    installations: rows.map(({ id: meterId, unit, readAt }) => ({
      id: newId(),
      meterId,
      unitId: idOf(unit),
      startsAt: readAt,
    })),
    readings: rows
      .flatMap(({ id: meterId, reading, readAt }) =>
        reading ? [{ meterId, quantity: reading.quantity, value: reading.value, at: readAt }] : [],
      )
      .map((reading, place) => ({ place, id: newId(), ...reading })),
  };
}

function leaseRows(plan: Plan, idOf: (ref: Ref) => string, now: Date) {
  const rows = plan.leases.map((lease) => ({ ...lease, id: newId(), residentId: newId() }));
  const open = rows.filter((lease) => !hasEnded(lease, now));
  return {
    residents: rows.map(({ residentId: id, resident: name, phone, email }) => ({
      id,
      name,
      phone,
      email,
    })),
    leases: rows.map(({ id, unit, bed, residentId, startsOn, endsOn }) => ({
      id,
      unitId: idOf(unit),
      bedId: bed && idOf(bed),
      residentId,
      startsOn,
      endsOn,
    })),
    // Who has moved out is let into nothing by a phone or an e-mail.
    contacts: open.flatMap(({ id: leaseId, phone, email }) => [
      ...(phone ? [{ leaseId, hash: contactHash({ kind: "phone", value: phone }) }] : []),
      ...(email ? [{ leaseId, hash: contactHash({ kind: "email", value: email }) }] : []),
    ]),
    ends: open.flatMap(({ id: leaseId, endsOn, timeZone }) =>
      endsOn === null ? [] : [{ leaseId, dueAt: startOfCivilDay(endsOn, timeZone) }],
    ),
  };
}

function hasEnded({ endsOn, timeZone }: PlannedLease, now: Date): boolean {
  return endsOn !== null && endsOn <= civilDayAt(now, timeZone);
}
