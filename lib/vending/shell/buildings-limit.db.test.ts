import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addStaff, findOrgScope, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { listMovementsOf } from "@/lib/ledger";
import { findAttemptOf } from "@/lib/payments";
import { newId } from "@/lib/platform";
import {
  createBuilding,
  createMeter,
  createUnit,
  findBuilding,
  findServedMeter,
  findUnit,
  installMeter,
  listBuildings,
  setMeterStatus,
  startLease,
} from "@/lib/property";
import { freshMeterNumber } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { payFor, sell } from "@/prisma/seed/practice-sale";
import { makeSellingMeter } from "@/prisma/seed/reservation";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { auditPurchase, findPurchase, listPurchaseEvents, listSales, openPurchase } from "..";

// A role limited to buildings: every read of the rooms that hold something of a building, with a
// scope of this building, of another, of none, and of one that does not exist.

const NOW = new Date("2026-06-01T08:30:00Z");
const LATER = new Date("2026-06-01T12:00:00Z");

/** One building with a let unit, its meter, a sale and a purchase that waits for its token. */
type Place = {
  readonly buildingId: string;
  readonly unitId: string;
  readonly vacantUnitId: string;
  readonly meterId: string;
  readonly purchaseId: string;
  readonly requestKey: string;
};

let signer: SignerProcess;
let shop: Shop;
let own: Place;
let other: Place;
let limited: OrgScope;
let unlimited: OrgScope;
let toNone: OrgScope;

beforeAll(async () => {
  signer = await startSigner();
  shop = await openShop(signer.issuer, NOW);
  const { scope, buildingId, tariffId } = shop.meter.flat;
  const facts = { currency: "KES", timeZone: "Africa/Nairobi", locale: "en-KE", tariffId } as const;
  const beside = { name: "Baobab House", address: "Ngong Road 14, Nairobi", now: NOW, ...facts };
  own = await furnish(buildingId);
  other = await furnish(await createBuilding(scope, beside));
  unlimited = await staffScope(undefined);
  limited = await staffScope([own.buildingId]);
  toNone = await staffScope([]);
});
afterAll(() => signer.stop());

async function furnish(buildingId: string): Promise<Place> {
  const { meter, vendingKeyId, tools } = shop;
  const { scope, flat } = meter;
  const letUnit = await makeSellingMeter({ ...flat, buildingId }, { vendingKeyId, now: NOW });
  const { unitId, meterId } = letUnit;
  const vacant = { buildingId, label: "V-1", floor: 1, position: 1, now: NOW };
  const vacantUnitId = await createUnit(scope, vacant);
  const requestKey = newId();
  const { purchaseId } = await sell(scope, { meterId, amountText: "29", now: NOW }, tools);
  await payFor(scope, { meterId, amountText: "58", now: NOW }, tools);
  return { buildingId, unitId, vacantUnitId, meterId, purchaseId, requestKey };
}

async function staffScope(buildingIds: readonly string[] | undefined): Promise<OrgScope> {
  const { organizationId } = shop.meter.scope;
  const userId = newId();
  const slug = `limit-${userId}`;
  const limits = buildingIds === undefined ? {} : { buildingIds };
  await addStaff(organizationId, { userId, slug, role: "manager", now: NOW, ...limits });
  const scope = await findOrgScope({ userId, slug }, "building:read", NOW);
  assert(scope, "who was let in is let in");
  return scope;
}

const toNowhere = (): OrgScope => ({ ...limited, buildingIds: [newId()] });

type Read = (scope: OrgScope, place: Place) => Promise<unknown>;

/** Every read, and what of its answer says that a place was seen. */
const READS: readonly (readonly [name: string, read: Read, mark: (place: Place) => unknown])[] = [
  ["listBuildings", (scope) => listBuildings(scope, { take: 9 }), (place) => place.buildingId],
  ["findBuilding", (scope, { buildingId }) => findBuilding(scope, buildingId, LATER), unitOf],
  ["findUnit", (scope, { unitId }) => findUnit(scope, unitId, LATER), unitOf],
  [
    "findServedMeter",
    (scope, { meterId }) => inScope(scope, (tx) => findServedMeter(tx, meterId, LATER)),
    unitOf,
  ],
  ["listSales", (scope) => listSales(scope, { take: 50 }), unitOf],
  [
    "listSales of a building",
    (scope, { buildingId }) => listSales(scope, { take: 50, buildingId }),
    unitOf,
  ],
  ["listSales of a unit", (scope, { unitId }) => listSales(scope, { take: 50, unitId }), unitOf],
  ["findPurchase", (scope, { purchaseId }) => findPurchase(scope, purchaseId), unitOf],
  [
    "listPurchaseEvents",
    (scope, { purchaseId }) => listPurchaseEvents(scope, purchaseId),
    () => "issued",
  ],
  [
    "auditPurchase",
    async (scope, { purchaseId }) =>
      (await auditPurchase(scope, purchaseId)).length === 0 ? "all is well" : null,
    () => "all is well",
  ],
  [
    "listMovementsOf",
    (scope, { purchaseId }) => inScope(scope, (tx) => listMovementsOf(tx, purchaseId)),
    () => "landlord_payable",
  ],
  [
    "findAttemptOf",
    (scope, { purchaseId }) => findAttemptOf(scope, purchaseId),
    (place) => place.purchaseId,
  ],
  ["openPurchase", (scope, place) => opened(scope, place), () => "opened"],
];

function unitOf(place: Place): string {
  return place.unitId;
}

async function opened(scope: OrgScope, { meterId, requestKey }: Place): Promise<string> {
  const asked = { meterId, amountText: "29", channel: "web", requestKey, now: LATER } as const;
  const answer = await openPurchase(scope, { ...asked, addressKey: newId() });
  return answer.ok ? "opened" : answer.error.code;
}

const textOf = (answer: unknown) =>
  JSON.stringify(answer, (_key, value) => (typeof value === "bigint" ? `${value}` : value)) ?? "";

describe.each(READS)("%s", (_name, read, mark) => {
  const sees = async (scope: OrgScope, place: Place) =>
    textOf(await read(scope, place)).includes(String(mark(place)));

  it("gives a role that is not limited both buildings", async () => {
    expect(await sees(unlimited, own)).toBe(true);
    expect(await sees(unlimited, other)).toBe(true);
  });

  it("gives a role limited to one building that one alone", async () => {
    expect(await sees(limited, own)).toBe(true);
    expect(await sees(limited, other)).toBe(false);
    // Nor does asking for the own one bring anything of the other.
    expect(textOf(await read(limited, own))).not.toContain(other.unitId);
  });

  it("gives a role limited to none, or to one that does not exist, nothing", async () => {
    for (const scope of [toNone, toNowhere()]) {
      expect(await sees(scope, own)).toBe(false);
      expect(await sees(scope, other)).toBe(false);
    }
  });
});

describe("a role limited to a building", () => {
  it("finds no purchase of another building by repeating its request", async () => {
    const { scope } = shop.meter;
    const asked = { meterId: other.meterId, amountText: "29", channel: "web" } as const;
    const request = { ...asked, requestKey: newId(), addressKey: newId(), now: LATER };
    expect(await openPurchase(scope, request)).toMatchObject({ ok: true });
    const code = "meter-not-found";
    expect(await openPurchase(limited, request)).toEqual({ ok: false, error: { code } });
  });

  it("changes nothing in another building: it is not found there", async () => {
    const lease = { residentName: "Eve", startsOn: "2026-06-01", now: LATER };
    for (const scope of [limited, toNone, toNowhere()]) {
      const { meterId, vacantUnitId } = other;
      const blocked = await setMeterStatus(scope, meterId, "blocked", LATER);
      expect(blocked).toEqual({ ok: false, error: "meter-not-found" });
      const leased = await startLease(scope, { ...lease, unitId: vacantUnitId });
      expect(leased).toEqual({ ok: false, error: "unit-not-found" });
      const moved = await installMeter(scope, { meterId, unitId: vacantUnitId, startsAt: LATER });
      expect(moved).toEqual({ ok: false, error: "meter-not-found" });
      const label = `N-${newId()}`;
      const unit = { buildingId: other.buildingId, label, floor: 1, position: 2, now: LATER };
      await expect(createUnit(scope, unit)).rejects.toThrow("one sees");
      const { name, address, currency, timeZone, locale } = await someBuilding();
      const { tariffId } = shop.meter.flat;
      const facts = { name, address, currency, timeZone, locale, tariffId, now: LATER };
      await expect(createBuilding(scope, facts)).rejects.toThrow("adds none");
    }
    const still = await inScope(unlimited, (tx) => findServedMeter(tx, other.meterId, LATER));
    expect(still).toMatchObject({ status: "active", unitId: other.unitId });
  });

  it("does in its own building what an unlimited one does", async () => {
    const { meterId, vacantUnitId: unitId, buildingId } = own;
    for (const status of ["blocked", "active"] as const) {
      expect(await setMeterStatus(limited, meterId, status, LATER)).toMatchObject({ ok: true });
    }
    const lease = { unitId, residentName: "Juma", startsOn: "2026-06-01", now: LATER };
    expect(await startLease(limited, lease)).toMatchObject({ ok: true });
    const moved = await installMeter(limited, { meterId, unitId, startsAt: LATER });
    expect(moved).toEqual({ ok: false, error: "meter-already-installed" });
    const unit = { buildingId, label: "N-1", floor: 1, position: 2, now: LATER };
    expect(await createUnit(limited, unit)).toEqual(expect.any(String));
  });

  it("finds a meter that serves no unit yet, a role limited to none does not", async () => {
    const { scope, flat } = shop.meter;
    const { vendingKeyId } = flat;
    const meter = { meterNumber: freshMeterNumber(), vendingKeyId, tariffIndex: 1, now: NOW };
    const meterId = granted(await createMeter(scope, { ...meter, state: "claimed" }));
    expect(await setMeterStatus(limited, meterId, "blocked", LATER)).toMatchObject({ ok: true });
    const answer = await setMeterStatus(toNone, meterId, "active", LATER);
    expect(answer).toEqual({ ok: false, error: "meter-not-found" });
  });

  it("does not install its own meter in another building's unit", async () => {
    const { meterId } = own;
    const wish = { meterId, unitId: other.vacantUnitId, startsAt: LATER };
    const answer = await installMeter(limited, wish);
    expect(answer).toEqual({ ok: false, error: "unit-not-found" });
  });
});

async function someBuilding() {
  const building = await findBuilding(unlimited, own.buildingId, LATER);
  assert(building, "the own building is there");
  return building;
}
