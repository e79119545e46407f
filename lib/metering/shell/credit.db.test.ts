import { afterAll, beforeEach, expect, it } from "vitest";
import type { ResidentScope } from "@/lib/access/shared";
import { closePools } from "@/lib/platform/databases";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makeMember } from "@/prisma/seed/member";
import { makeSellingMeter, type SellingMeter } from "@/prisma/seed/reservation";
import { makeIssuedSale } from "@/prisma/seed/roles/issued-sale";
import { creditOfUnit, listCredits, refreshCredit } from "./credit";
import { recordReadings } from "./record-readings";
import { rollUpUsage } from "./roll-up";

const NOW = new Date("2026-06-10T09:00:00Z");
const at = (day: number, hour = 9) => new Date(Date.UTC(2026, 5, day, hour));

let flat: Flat;
let meter: SellingMeter;
beforeEach(async () => {
  flat = await makeFlat(NOW);
  meter = await makeSellingMeter(flat, { vendingKeyId: flat.vendingKeyId, now: NOW });
});
afterAll(closePools);

const manager = (buildingIds?: readonly string[]) =>
  makeMember(flat.scope.organizationId, {
    role: "manager",
    now: NOW,
    ...(buildingIds ? { buildingIds } : {}),
  });
async function read(day: number, value: bigint, now = at(day)): Promise<void> {
  const reading = { meterId: meter.meterId, quantity: "remaining" as const, at: at(day), value };
  const recorded = await recordReadings(flat.scope, [reading], now);
  if (!recorded.ok || recorded.value[0]?.outcome !== "accepted") throw new Error("not accepted");
  await rollUpUsage(flat.scope, meter.installationId);
}

it("is what was read and bought since, less the recent use, and is stored so", async () => {
  const scope = await manager();
  await read(11, 60_000n);
  await read(16, 40_000n);
  await makeIssuedSale(meter, { tokenUnits: 204, now: at(16, 12) });
  // Four thousand a day: half a day passed since the reading.
  const now = at(16, 21);
  const live = await creditOfUnit(scope, { unitId: meter.unitId, now });
  expect(live?.estimate).toMatchObject({
    ...{ basis: "measured", basisAt: at(16), dailyUseWh: 4_000n },
    remainingWh: 58_400n,
  });
  expect(live?.last).toMatchObject({ energyWh: 20_400n });
  await refreshCredit(flat.scope, meter.unitId, now);
  const stored = await listCredits(scope, { buildingId: flat.buildingId, now });
  expect(stored.get(meter.unitId)).toEqual(live);
});

it("is called estimated once its reading is three days old, stored or live", async () => {
  const scope = await manager();
  await read(11, 60_000n);
  await refreshCredit(flat.scope, meter.unitId, at(11));
  const stored = async (now: Date) =>
    (await listCredits(scope, { buildingId: flat.buildingId, now })).get(meter.unitId)?.estimate;
  expect(await stored(at(14))).toMatchObject({ basis: "measured" });
  expect(await stored(at(15))).toMatchObject({ basis: "estimated", basisAt: at(11) });
});

it("is found by no other organization, building or household, nor tells all money", async () => {
  const ask = { unitId: meter.unitId, now: at(16) };
  const resident = (leaseIds: readonly string[]) =>
    ({ ...flat.scope, kind: "resident", leaseIds }) as unknown as ResidentScope;
  expect(await creditOfUnit(resident([flat.leaseId]), ask)).toBeNull();
  expect(await creditOfUnit(await manager([]), ask)).toBeNull();
  const other = await makeFlat(NOW);
  const stranger = await makeMember(other.scope.organizationId, { role: "manager", now: NOW });
  expect(await creditOfUnit(stranger, ask)).toBeNull();
  expect(await creditOfUnit(await manager(), { ...ask, unitId: "x" })).toBeNull();
  await makeIssuedSale(meter, { tokenUnits: 204, now: at(12) });
  const { organizationId } = flat.scope;
  const caretaker = await makeMember(organizationId, { role: "caretaker", now: NOW });
  expect((await creditOfUnit(caretaker, ask))?.last).toBeNull();
});
