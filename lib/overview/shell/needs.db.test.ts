import { afterAll, beforeEach, expect, it } from "vitest";
import type { OrgScope } from "@/lib/access/shared";
import { closeStay, takeOutMeter } from "@/lib/metering";
import { closePools } from "@/lib/platform/databases";
import { createMeter, endLease, installMeter } from "@/lib/property";
import { type Flat, freshMeterNumber, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { findBuildingState, findFirstSteps } from "..";

const NOW = new Date("2026-06-10T09:00:00Z");
const LATER = new Date("2026-06-20T09:00:00Z");

let flat: Flat;
let manager: OrgScope;
beforeEach(async () => {
  flat = await makeFlat(NOW);
  manager = await makeMember(flat.scope.organizationId, { role: "manager", now: NOW });
});
afterAll(closePools);

async function needs(scope: OrgScope = manager): Promise<readonly string[]> {
  const { buildingId } = flat;
  const state = await findBuildingState(scope, { buildingId, now: LATER });
  return state.needs.map(({ kind, unitLabel, subjectId }) =>
    [kind, unitLabel, ...(subjectId === flat.meterId ? ["its meter"] : [])].join(" "),
  );
}
const takeOut = () =>
  takeOutMeter(manager, {
    meterId: flat.meterId,
    ...{ shown: [], reason: "gone", at: new Date("2026-06-15T09:00:00Z"), now: LATER },
  });

it("names a meter that was taken out unread, until its closing reading is there", async () => {
  granted(await takeOut());
  expect(await needs()).toContain("out-unread B-204 its meter");
  expect(await needs({ ...manager, buildingIds: [] })).toEqual([]);
  const { meterId, installationId } = flat;
  const shown = [{ quantity: "register", value: 7n }] as const;
  granted(await closeStay(manager, { meterId, installationId, shown, now: LATER }));
  expect(await needs()).not.toContain("out-unread B-204 its meter");
});

it("names a lease that ended unread", async () => {
  const { leaseId, scope } = flat;
  granted(await endLease(scope, { leaseId, endsOn: "2026-06-16", now: LATER }));
  expect(await needs()).toContain("lease-unread B-204");
});

it("names a meter whose number another organization claims too", async () => {
  const other = await makeFlat(NOW);
  const { unitId, scope } = flat;
  const claim = { meterNumber: freshMeterNumber(), tariffIndex: 1, now: NOW } as const;
  const claimed = { ...claim, state: "claimed" } as const;
  const { vendingKeyId } = flat;
  const meterId = granted(await createMeter(scope, { ...claimed, vendingKeyId }));
  granted(await installMeter(scope, { meterId, unitId, startsAt: NOW }));
  expect(await needs()).toEqual([]);
  granted(await createMeter(other.scope, { ...claimed, vendingKeyId: other.vendingKeyId }));
  expect(await needs()).toEqual(["contested B-204"]);
});

it("knows what of the first hour is done", async () => {
  const steps = { hasBuilding: true, hasTariff: true, hasSold: false };
  expect(await findFirstSteps(manager)).toEqual(steps);
});
