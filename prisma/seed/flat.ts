import { randomInt } from "node:crypto";
import { createOrganization, inScope, systemScope } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { createBuilding, createMeter, createUnit, installMeter, startLease } from "@/lib/property";
import type { MeterNumber } from "@/lib/sts";
import { createTariff, findVersionInForce } from "@/lib/tariffs";
import { granted } from "./granted";
import { meterNumberOfSerial } from "./meter-numbers";
import { insertVendingKeyRow } from "./roles/vending-key-row";

export type Flat = {
  readonly scope: SystemScope;
  readonly tariffId: string;
  readonly tariffVersionId: string;
  readonly vendingKeyId: string;
  readonly buildingId: string;
  readonly unitId: string;
  readonly meterId: string;
  readonly meterNumber: MeterNumber;
  readonly installationId: string;
  readonly leaseId: string;
  readonly occupancyId: string;
};

/** The day the flat's lease begins, in Nairobi; everything else of it stands since `now`. */
export const FLAT_LEASED_SINCE = "2026-01-01";

/** For database tests: an organization of its own with one let flat and its meter. */
export async function makeFlat(now: Date): Promise<Flat> {
  const organizationId = await createOrganization({
    name: "Acacia Homes",
    legalName: "Acacia Homes Limited",
    taxNumber: "P051234567X",
    now,
  });
  const scope = systemScope(organizationId, "test");
  const vendingKeyId = await insertVendingKeyRow(scope, now);
  const { tariffId, tariffVersionId } = await makeTariff(scope, now);
  const buildingId = await createBuilding(scope, {
    name: "Acacia Court",
    address: "Ngong Road 12, Nairobi",
    currency: "KES",
    timeZone: "Africa/Nairobi",
    locale: "en-KE",
    tariffId,
    now,
  });
  const unitId = await createUnit(scope, {
    buildingId,
    label: "B-204",
    floor: 2,
    position: 4,
    now,
  });
  const meterNumber = freshMeterNumber();
  const meterId = granted(
    await createMeter(scope, { meterNumber, vendingKeyId, tariffIndex: 1, state: "verified", now }),
  );
  const installationId = granted(await installMeter(scope, { meterId, unitId, startsAt: now }));
  const { leaseId } = granted(
    await startLease(scope, {
      unitId,
      residentName: "Jane Wambui",
      startsOn: FLAT_LEASED_SINCE,
      now,
    }),
  );
  const occupancyId = await findOccupancy(scope, unitId);
  return {
    scope,
    tariffId,
    tariffVersionId,
    vendingKeyId,
    buildingId,
    unitId,
    meterId,
    meterNumber,
    installationId,
    leaseId,
    occupancyId,
  };
}

/** A number nobody has: tests share one database, and a number belongs to whoever claimed it. */
export function freshMeterNumber(): MeterNumber {
  return meterNumberOfSerial(randomInt(9_999_999_999));
}

/** 25 shillings for a kilowatt-hour, value added tax of 16 % on top. */
async function makeTariff(scope: SystemScope, now: Date) {
  const tariffId = granted(
    await createTariff(scope, {
      name: "Flat rate",
      currency: "KES",
      definition: {
        pricesIncludeTax: false,
        tax: { code: "VAT", percent: "16" },
        steps: [{ upToKwh: null, price: "25" }],
      },
      startsAt: now,
      now,
    }),
  );
  const version = await inScope(scope, (tx) => findVersionInForce(tx, tariffId, now));
  assert(version !== null, "a tariff begins with its first version");
  return { tariffId, tariffVersionId: version.tariffVersionId };
}

async function findOccupancy(scope: SystemScope, unitId: string): Promise<string> {
  const { organizationId } = scope;
  const occupancy = await inScope(scope, (tx) =>
    tx.db.occupancy.findFirstOrThrow({ where: { organizationId, unitId }, select: { id: true } }),
  );
  return occupancy.id;
}
