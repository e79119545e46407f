import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { addLeaseHolder, inScope } from "@/lib/access";
import { newId } from "@/lib/platform";
import { closePools } from "@/lib/platform/databases";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import {
  addBeds,
  createUnit,
  endLease,
  findOwnLease,
  findServedMeter,
  listBeds,
  listRooms,
  listUnitLeases,
  startLease,
} from "..";

const NOW = new Date("2026-06-01T09:00:00Z");
const refused = (error: string) => ({ ok: false, error });

let flat: Flat;
let unitId: string;
let bedIds: readonly string[];

beforeEach(async () => {
  flat = await makeFlat(NOW);
  const { buildingId, scope } = flat;
  const room = { buildingId, label: "R-1", floor: 1, position: 1, kind: "room" } as const;
  unitId = await createUnit(scope, { ...room, now: NOW });
  granted(await addBeds(scope, { unitId, labels: ["A", "B", "C"], now: NOW }));
  const officer = await makeMember(scope.organizationId, { role: "dormitory officer", now: NOW });
  bedIds = (await listBeds(officer, unitId)).map(({ id }) => id);
});
afterAll(closePools);

const bed = (index: number) => bedIds[index] ?? "";
const letBed = (index: number, startsOn: string, residentName = `Resident ${index}`) =>
  startLease(flat.scope, { unitId, bedId: bed(index), residentName, startsOn, now: NOW });
const letWhole = (startsOn: string) =>
  startLease(flat.scope, { unitId, residentName: "All of it", startsOn, now: NOW });
const end = (leaseId: string, endsOn: string) =>
  endLease(flat.scope, { leaseId, endsOn, now: NOW });

const occupancies = () =>
  inScope(flat.scope, async (tx) => {
    const rows = await tx.db.occupancy.findMany({
      where: { organizationId: flat.scope.organizationId, unitId },
      select: { startsAt: true, endsAt: true, wallet: { select: { currency: true } } },
      orderBy: { startsAt: "asc" },
    });
    expect(rows.every(({ wallet }) => wallet?.currency === "KES")).toBe(true);
    // 21:00 UTC is midnight in Nairobi: the day after.
    const day = (at: Date) => new Date(at.getTime() + 3 * 3_600_000).toISOString().slice(0, 10);
    return rows.map(({ startsAt, endsAt }) => [day(startsAt), endsAt && day(endsAt)]);
  });

describe("beds of a room", () => {
  it("are let each on its own, and the room is not let whole beside them", async () => {
    granted(await letBed(0, "2026-06-01"));
    granted(await letBed(1, "2026-07-01"));
    expect(await letBed(0, "2026-08-01")).toEqual(refused("bed-already-leased"));
    expect(await letWhole("2026-09-01")).toEqual(refused("unit-already-leased"));
    expect(await startLease(flat.scope, { ...{ unitId, bedId: newId() }, ...WHO })).toEqual(
      refused("bed-not-found"),
    );
    const { unitId: other } = flat;
    expect(await startLease(flat.scope, { ...{ unitId: other, bedId: bed(0) }, ...WHO })).toEqual(
      refused("bed-not-found"),
    );
    expect(await startLease(flat.scope, { ...{ unitId, bedId: "x" }, ...WHO })).toEqual(
      refused("bed-not-found"),
    );
  });

  it("are not let while somebody has the room whole", async () => {
    const { leaseId } = granted(await letWhole("2026-06-01"));
    expect(await letBed(0, "2026-07-01")).toEqual(refused("unit-already-leased"));
    granted(await end(leaseId, "2026-07-01"));
    granted(await letBed(0, "2026-07-01"));
  });

  it("go to one of those who take the same at once, and to all who take others", async () => {
    const same = await Promise.all([0, 1, 2, 3].map(() => letBed(0, "2026-06-01")));
    expect(same.filter(({ ok }) => ok)).toHaveLength(1);
    const others = await Promise.all([letBed(1, "2026-06-02"), letBed(2, "2026-05-20")]);
    expect(others.every(({ ok }) => ok)).toBe(true);
    expect(await occupancies()).toEqual([
      ["2026-05-20", "2026-06-01"],
      ["2026-06-01", null],
    ]);
  });

  it("may be let from before another, and then after: nothing is opened twice", async () => {
    granted(await letBed(0, "2026-06-01"));
    granted(await letBed(2, "2026-05-20"));
    granted(await letBed(1, "2026-06-02"));
    expect(await occupancies()).toEqual([
      ["2026-05-20", "2026-06-01"],
      ["2026-06-01", null],
    ]);
  });

  it("and the whole room are never both let, whoever comes first", async () => {
    const both = await Promise.all([letBed(0, "2026-06-01"), letWhole("2026-06-01")]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await occupancies()).toEqual([["2026-06-01", null]]);
  });

  it("keep the room occupied until the last lease ends, also when all end at once", async () => {
    const leases = [
      granted(await letBed(0, "2026-05-01")).leaseId,
      granted(await letBed(1, "2026-05-10")).leaseId,
      granted(await letBed(2, "2026-05-20")).leaseId,
    ];
    granted(await end(leases[0] ?? "", "2026-06-20"));
    expect(await occupancies()).toEqual([["2026-05-01", null]]);
    const rest = leases.slice(1);
    const ended = await Promise.all(rest.map((leaseId, at) => end(leaseId, `2026-07-1${at}`)));
    expect(ended.every(({ ok }) => ok)).toBe(true);
    expect(await occupancies()).toEqual([["2026-05-01", "2026-07-11"]]);
  });

  it("give who comes after it stood empty an occupancy and a wallet of their own", async () => {
    const { leaseId } = granted(await letBed(0, "2026-05-01"));
    granted(await end(leaseId, "2026-07-01"));
    granted(await letBed(1, "2026-06-15"));
    expect(await occupancies()).toEqual([["2026-05-01", null]]);
    granted(await end(leaseId, "2026-06-10"));
    expect(await occupancies()).toEqual([
      ["2026-05-01", "2026-06-10"],
      ["2026-06-15", null],
    ]);
  });

  it("limit an end by who has the same bed next, and not by the others", async () => {
    const { leaseId } = granted(await letBed(0, "2026-05-01"));
    granted(await end(leaseId, "2026-06-10"));
    granted(await letBed(1, "2026-06-05"));
    granted(await letBed(0, "2026-06-20"));
    expect(await end(leaseId, "2026-06-21")).toEqual(refused("unit-already-leased"));
    granted(await end(leaseId, "2026-06-20"));
  });
});

const WHO = { residentName: "Juma", startsOn: "2026-06-01", now: NOW } as const;

describe("a shared room", () => {
  it("lists its leases with their beds, and its places with who holds them", async () => {
    const { organizationId } = flat.scope;
    const officer = await makeMember(organizationId, { role: "dormitory officer", now: NOW });
    const first = granted(await letBed(0, "2026-05-01", "Amina"));
    granted(await letBed(2, "2026-06-20", "Baraka"));
    granted(await end(first.leaseId, "2026-06-10"));
    const leases = await listUnitLeases(officer, unitId, NOW);
    expect(leases.map(({ residentName, bed: held }) => [residentName, held?.label])).toEqual([
      ["Amina", "A"],
      ["Baraka", "C"],
    ]);
    const found = await listRooms(officer, flat.buildingId, NOW);
    const room = found?.rooms.find(({ id }) => id === unitId);
    expect(room).toMatchObject({ bedCount: 3, bedsTaken: 1, isVacant: false });
    expect(room?.places).toMatchObject([
      { label: "A", holder: { residentName: "Amina", endsOn: "2026-06-10" }, next: null },
      { label: "B", holder: null, next: null },
      { label: "C", holder: null, next: { residentName: "Baraka", startsOn: "2026-06-20" } },
    ]);
    const flatOf = found?.rooms.find(({ id }) => id === flat.unitId);
    expect(flatOf?.places).toMatchObject([
      { bedId: null, holder: { residentName: "Jane Wambui" } },
    ]);
  });

  it("knows whose lease a buyer holds there, while it runs", async () => {
    const { leaseId } = granted(await letBed(0, "2026-05-01"));
    granted(await letBed(1, "2026-05-01"));
    const userId = newId();
    const ask = (at: Date) =>
      inScope(flat.scope, (tx) =>
        findOwnLease(tx, { unitId, userId, timeZone: "Africa/Nairobi", at }),
      );
    expect(await ask(NOW)).toBeNull();
    await inScope(flat.scope, (tx) => addLeaseHolder(tx, { userId, leaseId }));
    expect(await ask(NOW)).toBe(leaseId);
    granted(await end(leaseId, "2026-06-10"));
    expect(await ask(new Date("2026-06-09T20:59:59Z"))).toBe(leaseId);
    expect(await ask(new Date("2026-06-09T21:00:00Z"))).toBeNull();
    const served = await inScope(flat.scope, (tx) => findServedMeter(tx, flat.meterId, NOW));
    expect(served?.leaseId).toBe(flat.leaseId);
  });
});

describe("adding beds", () => {
  it("adds all or none, each label once, and not more than a room has", async () => {
    const add = (labels: readonly string[]) => addBeds(flat.scope, { unitId, labels, now: NOW });
    expect(await add(["D", "A"])).toEqual(refused("bed-label-taken"));
    const many = Array.from({ length: 10 }, (_, at) => `X${at}`);
    expect(await add(many)).toEqual(refused("too-many-beds"));
    const both = await Promise.all([add(["D"]), add(["D"])]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const officer = await makeMember(flat.scope.organizationId, { role: "manager", now: NOW });
    const labels = (await listBeds(officer, unitId)).map(({ label }) => label);
    expect(labels).toEqual(["A", "B", "C", "D"]);
  });

  it("is for rooms: a flat and a shop are let whole, and the stairs not at all", async () => {
    const { buildingId, scope } = flat;
    const added = async (unitId: string) => addBeds(scope, { unitId, labels: ["Z"], now: NOW });
    expect(await added(flat.unitId)).toEqual(refused("not-a-room"));
    for (const kind of ["shop", "common", "intake"] as const) {
      const place = { buildingId, label: kind, floor: 0, position: 8, kind } as const;
      const other = await createUnit(scope, { ...place, now: NOW });
      expect(await added(other)).toEqual(refused("not-a-room"));
    }
  });

  it("finds no unit of others, nor one beyond a role's buildings", async () => {
    const other = await makeFlat(NOW);
    const { organizationId } = flat.scope;
    const limited = await makeMember(organizationId, {
      role: "manager",
      now: NOW,
      buildingIds: [],
    });
    const stairs = await createUnit(flat.scope, {
      ...{ buildingId: flat.buildingId, label: "Stairs", floor: 0, position: 9 },
      kind: "common",
      now: NOW,
    });
    const labels = ["Z"];
    for (const [scope, id] of [
      [other.scope, unitId],
      [limited, unitId],
      [flat.scope, "x"],
      [flat.scope, newId()],
    ] as const) {
      const answer = await addBeds(scope, { unitId: id, labels, now: NOW });
      expect(answer).toEqual(refused("unit-not-found"));
    }
    expect(await listBeds(limited, unitId)).toEqual([]);
    expect(await listRooms(limited, flat.buildingId, NOW)).toBeNull();
    const common = { unitId: stairs, ...WHO };
    expect(await startLease(flat.scope, common)).toEqual(refused("unit-not-found"));
  });
});
