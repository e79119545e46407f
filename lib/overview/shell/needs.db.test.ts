import { beforeAll, beforeEach, expect, it } from "vitest";
import { decideInstallationMode } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { closeStay, recordReadings, takeOutMeter } from "@/lib/metering";
import { createMeter, createUnit, endLease, installMeter } from "@/lib/property";
import { type Flat, freshMeterNumber, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { findBuildingState, findFirstSteps } from "..";

// What a building says needs a person, where nobody has paid and nothing is sold.

const OPENED = new Date("2026-05-01T08:00:00Z");
const NOW = new Date("2026-06-10T08:00:00Z");
const ENDED_ON = "2026-06-01";

let flat: Flat;
let staff: OrgScope;
beforeAll(() => decideInstallationMode("practice", OPENED));
beforeEach(async () => {
  flat = await makeFlat(OPENED);
  const { organizationId } = flat.scope;
  staff = await makeMember(organizationId, { role: "manager", now: OPENED });
});

async function needsOf(now: Date) {
  const { needs } = await findBuildingState(staff, { buildingId: flat.buildingId, now });
  return needs.map(({ kind, unitLabel, subjectId }) => ({ kind, unitLabel, subjectId }));
}

const end = () => endLease(flat.scope, { leaseId: flat.leaseId, endsOn: ENDED_ON, now: OPENED });

it("a lease that ended without a reading asks for one, for 45 days", async () => {
  granted(await end());
  const need = { kind: "no-closing-reading", unitLabel: "B-204", subjectId: flat.meterId };
  expect(await needsOf(NOW)).toEqual([need]);
  expect(await needsOf(new Date("2026-05-31T08:00:00Z"))).not.toContainEqual(need);
  expect(await needsOf(new Date("2026-07-15T08:00:00Z"))).toEqual([need]);
  expect(await needsOf(new Date("2026-07-17T08:00:00Z"))).toEqual([]);
});

it.each([
  ["2026-05-29T09:00:00Z", 0],
  ["2026-06-03T09:00:00Z", 0],
  ["2026-05-28T09:00:00Z", 1],
  ["2026-06-04T09:00:00Z", 1],
])("with a reading of %s it asks for %i", async (at, asks) => {
  granted(await end());
  const { meterId } = flat;
  const reading = { meterId, quantity: "register", at: new Date(at), value: 5_000n } as const;
  const [said] = granted(await recordReadings(flat.scope, [reading], NOW));
  expect(said).toEqual({ outcome: "accepted" });
  expect(await needsOf(NOW)).toHaveLength(asks);
});

it("a meter that somebody else claims too is named, with the meter to prove", async () => {
  const place = { buildingId: flat.buildingId, label: "B-205", floor: 2, position: 5 };
  const unitId = await createUnit(flat.scope, { ...place, now: OPENED });
  const meterNumber = freshMeterNumber();
  const claim = { meterNumber, tariffIndex: 1, state: "claimed", now: OPENED } as const;
  const { vendingKeyId } = flat;
  const meterId = granted(await createMeter(flat.scope, { ...claim, vendingKeyId }));
  granted(await installMeter(flat.scope, { meterId, unitId, startsAt: OPENED }));
  expect(await needsOf(NOW)).toEqual([]);
  const rival = await makeFlat(OPENED);
  granted(await createMeter(rival.scope, { ...claim, vendingKeyId: rival.vendingKeyId, now: NOW }));
  expect(await needsOf(NOW)).toEqual([
    { kind: "contested", unitLabel: "B-205", subjectId: meterId },
  ]);
});

it("a meter that was taken out unread is named, until its closing reading is there", async () => {
  const { meterId, installationId } = flat;
  const at = new Date("2026-06-05T09:00:00Z");
  granted(await takeOutMeter(staff, { meterId, shown: [], reason: "gone", at, now: NOW }));
  const need = { kind: "out-unread", unitLabel: "B-204", subjectId: meterId };
  expect(await needsOf(NOW)).toContainEqual(need);
  const { needs } = await findBuildingState(
    { ...staff, buildingIds: [] },
    { buildingId: flat.buildingId, now: NOW },
  );
  expect(needs).toEqual([]);
  const shown = [{ quantity: "register", value: 7n }] as const;
  granted(await closeStay(staff, { meterId, installationId, shown, now: NOW }));
  expect(await needsOf(NOW)).not.toContainEqual(need);
});

it("knows what of the first hour is done", async () => {
  const steps = { hasBuilding: true, hasTariff: true, hasSold: false };
  expect(await findFirstSteps(staff)).toEqual(steps);
});
