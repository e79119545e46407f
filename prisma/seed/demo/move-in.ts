import {
  addLeaseHolder,
  callScopedMany,
  inScope,
  recordAudit,
  setLeaseContacts,
} from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { createBuilding } from "@/lib/property";
import { createTariff } from "@/lib/tariffs";
import { granted } from "../granted";
import type { DrawnBuilding, DrawnMeter, DrawnUnit } from "./plan";

/** A person with a lease of their own to sign in to. */
export type Holder = {
  readonly unit: string;
  readonly name: string;
  readonly userId: string;
  readonly email: string;
  readonly phone: string | null;
};

export type PlacedMeter = DrawnMeter & { readonly id: string; readonly installationId: string };

export type PlacedUnit = {
  readonly id: string;
  readonly drawn: DrawnUnit;
  readonly meters: readonly PlacedMeter[];
  readonly occupancyIds: readonly string[];
  readonly leaseIds: readonly string[];
};

export type PlacedBuilding = {
  readonly id: string;
  readonly drawn: DrawnBuilding;
  readonly units: readonly PlacedUnit[];
  readonly versions: readonly { readonly id: string; readonly startsAt: Date }[];
};

/**
 * Puts a drawn building down: the building, its tariff and its meters' numbers through the rooms'
 * own functions, the rest in a statement a table.
 */
export async function moveIn(
  scope: SystemScope,
  drawn: DrawnBuilding,
  by: {
    readonly since: Date;
    readonly vendingKeyId: string;
    readonly holders: readonly Holder[];
  },
): Promise<PlacedBuilding> {
  const { tariff, units: _units, ...facts } = drawn;
  const { since, vendingKeyId, holders } = by;
  const { tariffId, versions } = await setPrices(scope, drawn, since);
  const id = await createBuilding(scope, { ...facts, tariffId, now: since });
  const units = drawn.units.map(placed);
  await hangMeters(scope, units, { since, vendingKeyId });
  await insertPlaces(scope, units, { buildingId: id });
  await insertPeople(scope, units, { currency: drawn.currency, holders });
  await noteFilled(scope, { id, drawn, units, at: since });
  return { id, drawn, units, versions };
}

/** What was put down in bulk is in the trail too: one entry says what and how many. */
async function noteFilled(
  scope: SystemScope,
  { id, drawn, units, at }: Pick<PlacedBuilding, "id" | "drawn" | "units"> & { readonly at: Date },
): Promise<void> {
  const sum = (count: (unit: DrawnUnit) => number) =>
    drawn.units.reduce((all, unit) => all + count(unit), 0);
  await inScope(scope, (tx) =>
    recordAudit(tx, {
      at,
      action: "building.filled",
      subjectKind: "building",
      subjectId: id,
      detail: { building: drawn.name },
      after: {
        units: units.length,
        beds: sum(({ beds }) => beds.length),
        meters: sum(({ meters }) => meters.length),
        leases: sum(({ leases }) => leases.length),
      },
    }),
  );
}

async function setPrices(scope: SystemScope, { tariff, currency }: DrawnBuilding, since: Date) {
  const { organizationId } = scope;
  const { name, tax, pricesIncludeTax } = tariff;
  const definitionOf = (price: string) =>
    ({ pricesIncludeTax, tax, steps: [{ upToKwh: null, price }] }) as const;
  const [first, ...later] = tariff.versions;
  const definition = definitionOf(first.price);
  const tariffId = granted(
    await createTariff(scope, { name, currency, definition, startsAt: since, now: since }),
  );
  const versions = await inScope(scope, async (tx) => {
    await tx.db.tariffVersion.createMany({
      data: later.map(({ price, startsAt }) => {
        const { steps, ...rest } = definitionOf(price);
        const stored = { ...rest, steps: [...steps] };
        return {
          organizationId,
          id: newId(),
          tariffId,
          startsAt,
          definition: stored,
          createdAt: startsAt,
        };
      }),
    });
    return tx.db.tariffVersion.findMany({
      where: { organizationId, tariffId },
      select: { id: true, startsAt: true },
      orderBy: { startsAt: "asc" },
    });
  });
  return { tariffId, versions };
}

function placed(drawn: DrawnUnit): PlacedUnit {
  return {
    id: newId(),
    drawn,
    meters: drawn.meters.map((meter) => ({ ...meter, id: newId(), installationId: newId() })),
    occupancyIds: drawn.occupancies.map(() => newId()),
    leaseIds: drawn.leases.map(() => newId()),
  };
}

/** Numbers first: they are claimed and proved as any meter's of a practice installation. */
async function hangMeters(
  scope: SystemScope,
  units: readonly PlacedUnit[],
  by: { readonly since: Date; readonly vendingKeyId: string },
): Promise<void> {
  const { organizationId } = scope;
  const meters = units.flatMap((unit) => unit.meters);
  const claims = meters
    .filter(({ isPrepaid }) => isPrepaid)
    .map(({ id: meterId, meterNumber, installedAt }) => {
      return { meterId, meterNumber, isProved: true, now: installedAt };
    });
  const answers = await callScopedMany(scope, "meter_claim", claims);
  const isProved = (answer: unknown) => JSON.stringify(answer).includes("verified");
  assert(answers.every(isProved), "the numbers of a demo are nobody else's");
  const prepaid = { vendingKeyId: by.vendingKeyId, encryptionAlgorithm: 11, tariffIndex: 1 };
  await inScope(scope, async (tx) => {
    await tx.db.meter.createMany({
      data: meters.map(({ id, meterNumber, resource, isPrepaid, installedAt }) => ({
        ...{ organizationId, id, meterNumber, resource, status: "active" },
        createdAt: installedAt,
        ...(isPrepaid ? prepaid : {}),
      })),
    });
  });
}

async function insertPlaces(
  scope: SystemScope,
  units: readonly PlacedUnit[],
  { buildingId }: { readonly buildingId: string },
): Promise<void> {
  const { organizationId } = scope;
  await inScope(scope, async (tx) => {
    await tx.db.unit.createMany({
      data: units.map(({ id, drawn: { label, floor, position, kind } }) => {
        return { organizationId, id, buildingId, label, floor, position, kind };
      }),
    });
    await tx.db.bed.createMany({
      data: units.flatMap(({ id: unitId, drawn }) =>
        drawn.beds.map((label, index) => {
          return { organizationId, id: newId(), unitId, label, position: index + 1 };
        }),
      ),
    });
    await tx.db.meterInstallation.createMany({
      data: units.flatMap(({ id: unitId, meters }) =>
        meters.map(({ id: meterId, installationId: id, installedAt: startsAt, removedAt }) => {
          return { organizationId, id, meterId, unitId, startsAt, endsAt: removedAt };
        }),
      ),
    });
  });
}

async function insertPeople(
  scope: SystemScope,
  units: readonly PlacedUnit[],
  by: { readonly currency: string; readonly holders: readonly Holder[] },
): Promise<void> {
  const { organizationId } = scope;
  const { currency, holders } = by;
  const leases = units.flatMap((unit) =>
    unit.drawn.leases.map((lease, index) => ({
      ...lease,
      id: unit.leaseIds[index] ?? "",
      residentId: newId(),
      unitId: unit.id,
      holder: holders.find(
        (each) => each.unit === unit.drawn.label && each.name === lease.name && !lease.to,
      ),
    })),
  );
  const occupancies = units.flatMap((unit) =>
    unit.drawn.occupancies.map((occupancy, index) => {
      return { organizationId, id: unit.occupancyIds[index] ?? "", unitId: unit.id, ...occupancy };
    }),
  );
  const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);
  await inScope(scope, async (tx) => {
    const beds = await tx.db.bed.findMany({
      where: { organizationId, unitId: { in: units.map(({ id }) => id) } },
      select: { id: true, unitId: true, label: true },
    });
    const bedIds = new Map(beds.map(({ id, unitId, label }) => [`${unitId} ${label}`, id]));
    await tx.db.resident.createMany({
      data: leases.map(({ residentId: id, name, holder }) => {
        const { email = null, phone = null } = holder ?? {};
        return { organizationId, id, name, email, phone };
      }),
    });
    await tx.db.lease.createMany({
      data: leases.map(({ id, unitId, residentId, bed, from, to }) => ({
        ...{ organizationId, id, unitId, residentId },
        bedId: bed === null ? null : (bedIds.get(`${unitId} ${bed}`) ?? null),
        startsOn: dateOf(from),
        endsOn: to === null ? null : dateOf(to),
      })),
    });
    await tx.db.occupancy.createMany({ data: occupancies });
    await tx.db.wallet.createMany({
      data: occupancies.map(({ id: occupancyId }) => ({ organizationId, occupancyId, currency })),
    });
    for (const { id, holder } of leases) {
      if (!holder) continue;
      const { userId, email, phone } = holder;
      const byPhone = phone === null ? [] : [{ kind: "phone" as const, value: phone }];
      await setLeaseContacts(tx, id, [...byPhone, { kind: "email", value: email }]);
      await addLeaseHolder(tx, { userId, leaseId: id });
    }
  });
}
