import { beforeAll, describe, expect, it } from "vitest";
import { inScope, listResidentScopes } from "@/lib/access";
import type { SystemScope } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import { type Flat, freshMeterNumber, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import {
  createMeter,
  createUnit,
  findBuilding,
  findServedMeter,
  findUnit,
  installMeter,
  listBuildings,
  setMeterStatus,
  startLease,
} from "..";

const NOW = new Date("2026-02-01T09:00:00Z");
const LATER = new Date("2026-02-02T09:00:00Z");

let flat: Flat;
let stranger: Flat;
beforeAll(async () => {
  flat = await makeFlat(NOW);
  stranger = await makeFlat(NOW);
});

const served = (scope: SystemScope, meterId: string, at: Date) =>
  inScope(scope, (tx) => findServedMeter(tx, meterId, at));

async function newMeter(): Promise<string> {
  const { scope, vendingKeyId } = flat;
  const meter = { vendingKeyId, tariffIndex: 1, state: "verified", now: NOW } as const;
  return granted(await createMeter(scope, { ...meter, meterNumber: freshMeterNumber() }));
}

async function newUnit(label: string): Promise<string> {
  const { scope, buildingId } = flat;
  return await createUnit(scope, { buildingId, label, floor: 1, position: 1, now: NOW });
}

describe("what stands at an instant", () => {
  it("is the meter with its unit, building, seller, occupancy, lease and resident", async () => {
    expect(await served(flat.scope, flat.meterId, LATER)).toEqual({
      meterId: flat.meterId,
      meterNumber: flat.meterNumber,
      status: "active",
      proof: "verified",
      installationId: flat.installationId,
      unitId: flat.unitId,
      unitLabel: "B-204",
      buildingId: flat.buildingId,
      buildingName: "Acacia Court",
      currency: "KES",
      timeZone: "Africa/Nairobi",
      locale: "en-KE",
      tariffId: flat.tariffId,
      occupancyId: flat.occupancyId,
      leaseId: flat.leaseId,
      residentName: "Jane Wambui",
      sellerName: "Acacia Homes Limited",
      sellerTaxNumber: "P051234567X",
    });
  });

  it("is nothing before the meter was installed, and nothing for a stranger", async () => {
    expect(await served(flat.scope, flat.meterId, new Date(NOW.getTime() - 1))).toBeNull();
    expect(await served(stranger.scope, flat.meterId, LATER)).toBeNull();
  });

  it("counts a lease by the building's civil day, not by UTC", async () => {
    const { scope } = flat;
    const unitId = await newUnit("A-101");
    const meterId = await newMeter();
    await installMeter(scope, { meterId, unitId, startsAt: NOW });
    const lease = { unitId, residentName: "Juma", startsOn: "2026-03-01", now: NOW };
    expect(await startLease(scope, lease)).toMatchObject({ ok: true });
    const lastMoment = await served(scope, meterId, new Date("2026-02-28T20:59:59.999Z"));
    expect(lastMoment).toMatchObject({ leaseId: null, occupancyId: null, residentName: null });
    const firstMoment = await served(scope, meterId, new Date("2026-02-28T21:00:00Z"));
    expect(firstMoment).toMatchObject({ residentName: "Juma" });
    expect(firstMoment?.occupancyId).not.toBeNull();
  });
});

describe("meters", () => {
  it("serve one unit at a time", async () => {
    const { scope, meterId } = flat;
    const unitId = await newUnit("A-102");
    const taken = { ok: false, error: "meter-already-installed" };
    expect(await installMeter(scope, { meterId, unitId, startsAt: LATER })).toEqual(taken);
    const earlier = { meterId, unitId, startsAt: new Date("2025-01-01T00:00:00Z") };
    expect(await installMeter(scope, earlier)).toEqual(taken);
  });

  it("serve one unit at a time, also when two install at the same moment", async () => {
    const { scope } = flat;
    const meterId = await newMeter();
    const units = [await newUnit("A-103"), await newUnit("A-104"), await newUnit("A-105")];
    const answers = await Promise.all(
      units.map((unitId) => installMeter(scope, { meterId, unitId, startsAt: NOW })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok)).toEqual([
      { ok: false, error: "meter-already-installed" },
      { ok: false, error: "meter-already-installed" },
    ]);
  });

  it("and units of another organization are not found", async () => {
    const { scope, meterId, unitId } = flat;
    const away = stranger.scope;
    const startsAt = LATER;
    expect(await installMeter(away, { meterId, unitId: stranger.unitId, startsAt })).toEqual({
      ok: false,
      error: "meter-not-found",
    });
    const mine = await newMeter();
    expect(await installMeter(scope, { meterId: mine, unitId: stranger.unitId, startsAt })).toEqual(
      {
        ok: false,
        error: "unit-not-found",
      },
    );
    expect(await setMeterStatus(away, meterId, "blocked", NOW)).toEqual({
      ok: false,
      error: "meter-not-found",
    });
    const lease = { unitId, residentName: "Eve", startsOn: "2026-03-01", now: NOW };
    expect(await startLease(away, lease)).toEqual({ ok: false, error: "unit-not-found" });
  });

  it("are blocked and unblocked, and each change is written down once", async () => {
    const { scope } = flat;
    const meterId = await newMeter();
    for (const status of ["blocked", "blocked", "active"] as const) {
      expect(await setMeterStatus(scope, meterId, status, NOW)).toMatchObject({ ok: true });
    }
    const { organizationId } = scope;
    const written = await inScope(scope, (tx) =>
      tx.db.auditEntry.findMany({
        where: { organizationId, subjectId: meterId, action: { contains: "blocked" } },
        select: { action: true },
        orderBy: { id: "asc" },
      }),
    );
    expect(written.map((entry) => entry.action)).toEqual(["meter.blocked", "meter.unblocked"]);
  });
});

describe("leases", () => {
  it("do not overlap", async () => {
    const { scope, unitId } = flat;
    for (const startsOn of ["2026-05-01", "2020-05-01"]) {
      const lease = { unitId, residentName: "Otieno", startsOn, now: NOW };
      expect(await startLease(scope, lease)).toEqual({ ok: false, error: "unit-already-leased" });
    }
  });

  it("do not overlap, also when two start at the same moment", async () => {
    const { scope } = flat;
    const unitId = await newUnit("A-106");
    const answers = await Promise.all(
      ["Ann", "Ben", "Cat"].map((residentName) =>
        startLease(scope, { unitId, residentName, startsOn: "2026-02-01", now: NOW }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, error: "unit-already-leased" });
  });

  it("open one occupancy with a wallet in the building's currency", async () => {
    const { organizationId } = flat.scope;
    const wallets = await inScope(flat.scope, (tx) =>
      tx.db.wallet.findMany({
        where: { organizationId, occupancyId: flat.occupancyId },
        select: { currency: true, balanceMinor: true, carriedWh: true },
      }),
    );
    expect(wallets).toEqual([{ currency: "KES", balanceMinor: 0n, carriedWh: 0n }]);
  });

  it("are opened by the person who holds them", async () => {
    const { scope } = flat;
    const userId = newId();
    const unitId = await newUnit("A-107");
    const lease = { unitId, residentName: "Ruth", startsOn: "2026-02-01", now: NOW };
    const { leaseId } = granted(await startLease(scope, { ...lease, holderUserId: userId }));
    const [held] = await listResidentScopes(userId);
    expect(held?.leaseIds).toEqual([leaseId]);
  });
});

describe("a building", () => {
  it("shows its units from the top floor down, each with meter and resident", async () => {
    const mine = await makeFlat(NOW);
    const { scope, buildingId } = mine;
    const place = { buildingId, now: NOW };
    await createUnit(scope, { ...place, label: "B-101", floor: 1, position: 1 });
    await createUnit(scope, { ...place, label: "B-201", floor: 2, position: 1 });
    await createUnit(scope, { ...place, label: "Shop 1", floor: 0, position: 1 });
    const building = await findBuilding(scope, buildingId, LATER);
    expect(building?.units.map((unit) => unit.label)).toEqual([
      "B-201",
      "B-204",
      "B-101",
      "Shop 1",
    ]);
    expect(building).toMatchObject({ name: "Acacia Court", currency: "KES", locale: "en-KE" });
    expect(building?.units[0]).toMatchObject({ meterId: null, residentName: null, isVacant: true });
    expect(building?.units[1]).toEqual({
      id: mine.unitId,
      label: "B-204",
      floor: 2,
      position: 4,
      meterId: mine.meterId,
      meterNumber: mine.meterNumber,
      kind: "flat",
      residentName: "Jane Wambui",
      isVacant: false,
      bedCount: 0,
      bedsTaken: 0,
    });
    const unit = await findUnit(scope, mine.unitId, LATER);
    expect(unit).toMatchObject({ label: "B-204", building: { id: buildingId } });
    expect(await listBuildings(scope, { take: 10 })).toHaveLength(1);
  });

  it("does not exist for another organization, nor for what is no id", async () => {
    const { scope } = stranger;
    expect(await findBuilding(scope, flat.buildingId, LATER)).toBeNull();
    expect(await findUnit(scope, flat.unitId, LATER)).toBeNull();
    expect(await findBuilding(scope, "acacia", LATER)).toBeNull();
    expect(await findUnit(scope, "' or true --", LATER)).toBeNull();
    const mine = await listBuildings(scope, { take: 10 });
    expect(mine.map((building) => building.id)).toEqual([stranger.buildingId]);
  });
});
