import { afterAll, beforeEach, expect, it } from "vitest";
import { systemScope } from "@/lib/access";
import { newId } from "@/lib/platform";
import { closePools } from "@/lib/platform/databases";
import { createReadMeter, createUnit, installMeter } from "@/lib/property";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { makeSellingMeter, type SellingMeter } from "@/prisma/seed/reservation";
import { makeIssuedSale } from "@/prisma/seed/roles/issued-sale";
import { recordReadings } from "./record-readings";
import { rollUpUsage } from "./roll-up";
import { rollUpBuilding } from "./roll-up-building";
import { usageOf } from "./usage-of";

const NOW = new Date("2026-06-10T09:00:00Z");
const LATER = new Date("2026-06-15T09:00:00Z");
const SPAN = {
  span: { from: "2026-06-11", to: "2026-06-14" },
  by: "day",
  today: "2026-06-14",
  resource: "electricity",
} as const;
// 21:00 UTC is midnight in Nairobi.
const midnightAfter = (day: number) => new Date(Date.UTC(2026, 5, day, 21));

let flat: Flat;
beforeEach(async () => {
  flat = await makeFlat(NOW);
});
afterAll(closePools);

async function readDaily(meterId: string, installationId: string, daily: bigint) {
  const readings = [10, 11, 12].map((day, index) => ({
    ...{ meterId, quantity: "register" as const, at: midnightAfter(day) },
    value: BigInt(index) * daily,
  }));
  const recorded = await recordReadings(flat.scope, readings, LATER);
  if (!recorded.ok) throw new Error(recorded.error.code);
  await rollUpUsage(flat.scope, installationId);
}
const ofBuilding = (more: object = {}) => ({
  ...SPAN,
  ...more,
  subject: { kind: "buildings", buildingIds: [flat.buildingId] } as const,
});
const place = (label: string, kind: "common" | "flat") =>
  createUnit(flat.scope, {
    ...{ buildingId: flat.buildingId, label, kind, floor: 0, position: 9, now: NOW },
  });
async function install(unitId: string, resource: "electricity" | "water") {
  const meterNumber = `R ${newId().toUpperCase().slice(-12)}`;
  const meterId = granted(await createReadMeter(flat.scope, { meterNumber, resource, now: NOW }));
  const startsAt = NOW;
  return {
    meterId,
    installationId: granted(await installMeter(flat.scope, { meterId, unitId, startsAt })),
  };
}

it("is what the residents used: the light on the stairs is not theirs", async () => {
  await readDaily(flat.meterId, flat.installationId, 5_000n);
  const stairs = await install(await place("Stairs", "common"), "electricity");
  await readDaily(stairs.meterId, stairs.installationId, 900n);
  await rollUpBuilding(flat.scope, flat.buildingId);
  const usage = await usageOf(flat.scope, ofBuilding());
  expect(usage?.periods.map(({ used }) => used)).toEqual([5_000n, 5_000n, null]);
  const month = { span: { from: "2026-06-01", to: "2026-07-01" }, by: "month" };
  const ofMonth = await usageOf(flat.scope, ofBuilding(month));
  expect(ofMonth?.periods.map(({ used }) => used)).toEqual([10_000n]);
});

it("counts water apart, in what water meters count, and nothing of it is bought", async () => {
  await readDaily(flat.meterId, flat.installationId, 5_000n);
  const water = await install(flat.unitId, "water");
  await readDaily(water.meterId, water.installationId, 180n);
  await rollUpBuilding(flat.scope, flat.buildingId);
  const usage = await usageOf(flat.scope, ofBuilding({ resource: "water" }));
  expect(usage).toMatchObject({ resource: "water", resources: ["electricity", "water"] });
  expect(usage?.periods.map(({ used, bought }) => [used, bought])).toEqual([
    [180n, 0n],
    [180n, 0n],
    [null, 0n],
  ]);
  const gas = await usageOf(flat.scope, ofBuilding({ resource: "gas" }));
  expect(gas?.resource).toBe("electricity");
});

const sell = (meter: SellingMeter, now: Date) => makeIssuedSale(meter, { tokenUnits: 204, now });

it("has every sale, also one that no sum has yet, once", async () => {
  const bought = async (more: object = {}) =>
    (await usageOf(flat.scope, ofBuilding(more)))?.periods.map((one) => one.bought);
  const meter = await makeSellingMeter(flat, { vendingKeyId: flat.vendingKeyId, now: NOW });
  await sell(meter, new Date("2026-06-11T08:00:00Z"));
  await rollUpBuilding(flat.scope, flat.buildingId);
  await sell(meter, new Date("2026-06-11T09:00:00Z"));
  await sell(meter, new Date("2026-06-12T09:00:00Z"));
  expect(await bought()).toEqual([40_800n, 20_400n, 0n]);
  const month = { span: { from: "2026-06-01", to: "2026-07-01" }, by: "month" };
  expect(await bought(month)).toEqual([61_200n]);
  const year = { span: { from: "2022-01-01", to: "2027-01-01" }, by: "year" };
  expect(await bought(year)).toEqual([61_200n]);
  await rollUpBuilding(flat.scope, flat.buildingId);
  expect(await bought()).toEqual([40_800n, 20_400n, 0n]);
  expect(await bought(month)).toEqual([61_200n]);
});

it("names the unit in which a meter was swapped", async () => {
  const second = await createUnit(flat.scope, {
    ...{ buildingId: flat.buildingId, label: "A-301", kind: "flat" as const },
    ...{ floor: 3, position: 1, now: NOW },
  });
  await install(second, "electricity");
  const meterNumber = "A-301 NEW";
  const resource = "electricity" as const;
  const meterId = granted(await createReadMeter(flat.scope, { meterNumber, resource, now: NOW }));
  const startsAt = new Date("2026-06-12T09:00:00Z");
  granted(await installMeter(flat.scope, { meterId, unitId: second, startsAt }));
  const usage = await usageOf(flat.scope, ofBuilding());
  expect(usage?.marks).toEqual([{ day: "2026-06-12", kind: "meter-swapped", unitLabel: "A-301" }]);
});

it("is found by no other organization, nor outside a role's buildings", async () => {
  const other = await makeFlat(NOW);
  const { organizationId } = flat.scope;
  const limited = await makeMember(organizationId, { role: "viewer", now: NOW, buildingIds: [] });
  expect(await usageOf(limited, ofBuilding())).toBeNull();
  await readDaily(flat.meterId, flat.installationId, 5_000n);
  await rollUpBuilding(flat.scope, flat.buildingId);
  const stranger = systemScope(other.scope.organizationId, "test");
  const seen = await usageOf(stranger, ofBuilding());
  expect(seen?.periods.every(({ used, bought }) => used === null && bought === 0n)).toBe(true);
});
