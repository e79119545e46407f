import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import { closePools } from "@/lib/platform/databases";
import { archiveMeter, createMeter, createUnit, findMeter, listMeters } from "@/lib/property";
import { type Flat, freshMeterNumber, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { makeSellingMeter, reserveTokenSet } from "@/prisma/seed/reservation";
import { addReadMeter, putInMeter, type Shown, swapMeter, takeOutMeter } from "./meter-life";
import { recordReadings } from "./record-readings";

const NOW = new Date("2026-06-10T09:00:00Z");
const LATER = new Date("2026-06-20T09:00:00Z");
const at = (day: number) => new Date(Date.UTC(2026, 5, day, 9));
const refused = (error: string) => ({ ok: false, error });

let flat: Flat;
let manager: OrgScope;
beforeEach(async () => {
  flat = await makeFlat(NOW);
  manager = await makeMember(flat.scope.organizationId, { role: "manager", now: NOW });
});
afterAll(closePools);

const register = (value: bigint): Shown => [{ quantity: "register", value }];
const both: Shown = [
  { quantity: "register", value: 9_000n },
  { quantity: "remaining", value: 2_500n },
];
const out = (day: number, shown: Shown, scope: OrgScope = manager) =>
  takeOutMeter(scope, {
    meterId: flat.meterId,
    shown,
    reason: "broken display",
    at: at(day),
    now: LATER,
  });
const read = (day: number, value: bigint) =>
  recordReadings(
    manager,
    [{ meterId: flat.meterId, quantity: "register", at: at(day), value }],
    LATER,
  );
const stays = () =>
  inScope(manager, (tx) =>
    tx.db.meterInstallation.findMany({
      where: { organizationId: manager.organizationId },
      select: { meterId: true, unitId: true, startsAt: true, endsAt: true },
      orderBy: { startsAt: "asc" },
    }),
  );
const audited = () =>
  inScope(manager, async (tx) => {
    const rows = await tx.db.auditEntry.findMany({
      where: { organizationId: manager.organizationId, subjectId: flat.meterId },
      select: { action: true, detail: true, after: true },
      orderBy: { id: "asc" },
    });
    return rows.filter(({ action }) => action === "meter.taken-out");
  });
async function another(): Promise<{ id: string; number: string }> {
  const meterNumber = freshMeterNumber();
  const { vendingKeyId } = flat;
  const made = { meterNumber, vendingKeyId, tariffIndex: 1, state: "verified", now: NOW } as const;
  return { id: granted(await createMeter(flat.scope, made)), number: meterNumber };
}
const swap = (number: string, day: number, shown: Shown = both) =>
  swapMeter(manager, {
    ...{ meterId: flat.meterId, shown, reason: "worn out", at: at(day), now: LATER },
    ...{ newNumber: number, newShown: register(0n) },
  });

describe("a meter that is taken out", () => {
  it("ends its stay with its readings, says what was left on it, and is on record", async () => {
    expect(await out(15, both)).toEqual({
      ok: true,
      value: { unitId: flat.unitId, remainingWh: 2_500n, isWaiting: false },
    });
    expect(await stays()).toMatchObject([{ endsAt: new Date(at(15).getTime() + 1) }]);
    expect(await audited()).toMatchObject([
      { detail: { why: "broken display" }, after: { energyWh: "2500" } },
    ]);
    expect((await findMeter(manager, flat.meterId, LATER))?.unitId).toBeNull();
  });

  it("is taken out once, also by two at once", async () => {
    const twice = await Promise.all([out(15, register(9_000n)), out(15, register(9_000n))]);
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
    expect(twice).toContainEqual(refused("meter-not-in"));
    expect(await audited()).toHaveLength(1);
  });

  it("is not in the future, before it was put in, or before what was read last", async () => {
    expect(await out(21, both)).toEqual(refused("in-the-future"));
    expect(await out(9, [])).toEqual(refused("before-start"));
    await read(14, 5_000n);
    expect(await out(13, [])).toEqual(refused("before-last-reading"));
    expect(await out(15, register(4_999n))).toEqual(refused("reading-lower"));
    expect(await out(14, register(5_001n))).toEqual(refused("reading-other"));
    expect(await stays()).toMatchObject([{ endsAt: null }]);
    expect(await audited()).toEqual([]);
    expect(await out(14, register(5_000n))).toMatchObject({ ok: true });
  });

  it("needs a reason, and shows a value that a meter can show", async () => {
    const meter = { meterId: flat.meterId, shown: register(-1n), at: at(15), now: LATER };
    expect(await takeOutMeter(manager, { ...meter, reason: " " })).toEqual(
      refused("reason-missing"),
    );
    expect(await takeOutMeter(manager, { ...meter, reason: "x" })).toEqual(
      refused("reading-refused"),
    );
    expect(await stays()).toMatchObject([{ endsAt: null }]);
  });

  it("waits for a person where its last reading cannot follow from those before", async () => {
    await read(14, 5_000n);
    expect(await out(15, register(9_000_000n))).toMatchObject({ value: { isWaiting: true } });
  });

  it("is nobody else's: another organization, other buildings, an id that is none", async () => {
    const other = await makeFlat(NOW);
    const stranger = await makeMember(other.scope.organizationId, { role: "manager", now: NOW });
    expect(await out(15, both, stranger)).toEqual(refused("meter-not-in"));
    expect(await out(15, both, { ...manager, buildingIds: [] })).toEqual(refused("meter-not-in"));
    const none = { meterId: "x", shown: both, reason: "x", at: at(15), now: LATER };
    expect(await takeOutMeter(manager, none)).toEqual(refused("meter-not-found"));
  });
});

describe("a meter that is swapped", () => {
  it("leaves its place to the other in the same minute, with both readings", async () => {
    const other = await another();
    expect(await swap(other.number, 15)).toMatchObject({ value: { remainingWh: 2_500n } });
    expect(await stays()).toMatchObject([
      { meterId: flat.meterId, endsAt: new Date(at(15).getTime() + 1) },
      { meterId: other.id, unitId: flat.unitId, startsAt: at(15), endsAt: null },
    ]);
  });

  it("is swapped whole or not at all", async () => {
    const other = await another();
    const elsewhere = await createUnit(flat.scope, {
      ...{ buildingId: flat.buildingId, label: "B-205", floor: 2, position: 5, now: NOW },
    });
    const put = { meterId: other.id, unitId: elsewhere, shown: register(7n), now: LATER };
    granted(await putInMeter(manager, { ...put, at: at(11) }));
    expect(await swap(other.number, 15)).toEqual(refused("meter-already-installed"));
    expect(await swap("07000000000", 15)).toEqual(refused("new-meter-not-found"));
    expect(await swap(flat.meterNumber, 15)).toEqual(refused("same-meter"));
    expect((await stays()).every(({ endsAt }) => endsAt === null)).toBe(true);
    expect(await audited()).toEqual([]);
  });

  it("goes to one of two who swap it at once", async () => {
    const [one, two] = [await another(), await another()];
    const answers = await Promise.all([swap(one.number, 15), swap(two.number, 15)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await stays()).toHaveLength(2);
  });

  it("is not swapped for a meter of something else", async () => {
    const water = { meterNumber: `W ${Date.now()}`, resource: "water" } as const;
    const place = { unitId: flat.unitId, shown: [], at: at(11), now: LATER };
    granted(await addReadMeter(manager, { ...water, ...place }));
    expect(await swap(water.meterNumber, 15)).toEqual(refused("other-resource"));
  });
});

describe("a sale and the end of a stay", () => {
  const takeOut = (meterId: string, day: number) =>
    takeOutMeter(manager, { meterId, shown: [], reason: "x", at: at(day), now: LATER });

  it("are one after the other: a token in issue keeps the meter in", async () => {
    const { vendingKeyId } = flat;
    const meter = await makeSellingMeter(flat, { vendingKeyId, now: NOW });
    await reserveTokenSet(meter, { tokenUnits: 10, randomNibble: 1, now: at(12) });
    expect(await takeOut(meter.meterId, 15)).toEqual(refused("token-in-issue"));
  });

  it("that come at once end in one of the two, never in a token for nothing", async () => {
    const { vendingKeyId } = flat;
    const meter = await makeSellingMeter(flat, { vendingKeyId, now: NOW });
    const sale = { tokenUnits: 10, randomNibble: 1, now: LATER };
    const [sold, taken] = await Promise.allSettled([
      reserveTokenSet(meter, sale),
      takeOut(meter.meterId, 15),
    ]);
    const isOut = taken.status === "fulfilled" && taken.value.ok;
    expect(sold.status === "fulfilled").toBe(!isOut);
  });
});

describe("a meter that is only read", () => {
  it("is registered and put in at once, or not at all", async () => {
    const place = { unitId: flat.unitId, shown: register(100n), at: at(11), now: LATER };
    const water = { meterNumber: "W-17 B", resource: "water", ...place } as const;
    expect(await addReadMeter(manager, { ...water, unitId: newId() })).toEqual(
      refused("unit-not-found"),
    );
    const twice = await Promise.all([addReadMeter(manager, water), addReadMeter(manager, water)]);
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
    expect(twice).toContainEqual(refused("meter-number-taken"));
  });
});

describe("a meter that is archived", () => {
  const archive = (isArchived: boolean, scope: OrgScope = manager) =>
    archiveMeter(scope, { meterId: flat.meterId, isArchived, now: LATER });
  const shown = async (isArchived: boolean) => {
    const list = await listMeters(manager, { isArchived, take: 10, now: LATER });
    return [list.meters.map(({ id }) => id), list.counts.verified, list.counts.archived];
  };

  it("is out, shown to who asks alone, and cannot be put in until it is brought back", async () => {
    expect(await archive(true)).toEqual(refused("meter-in-use"));
    granted(await out(15, both));
    expect(await shown(false)).toEqual([[flat.meterId], 1, 0]);
    granted(await archive(true));
    expect(await shown(false)).toEqual([[], 0, 1]);
    expect(await shown(true)).toEqual([[flat.meterId], 0, 1]);
    const { meterId, unitId } = flat;
    const put = { meterId, unitId, shown: register(9_000n), at: at(16), now: LATER };
    expect(await putInMeter(manager, put)).toEqual(refused("meter-archived"));
    granted(await archive(false));
    granted(await putInMeter(manager, put));
  });

  it("is not archived while somebody puts it in at the same time", async () => {
    granted(await out(15, both));
    const { meterId, unitId } = flat;
    const put = { meterId, unitId, shown: register(9_000n), at: at(16), now: LATER };
    const answers = await Promise.all([archive(true), putInMeter(manager, put)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("is nobody else's", async () => {
    const other = await makeFlat(NOW);
    const stranger = await makeMember(other.scope.organizationId, { role: "manager", now: NOW });
    expect(await archive(true, stranger)).toEqual(refused("meter-not-found"));
  });
});
