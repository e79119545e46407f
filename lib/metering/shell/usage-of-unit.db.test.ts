import { afterAll, beforeEach, expect, it } from "vitest";
import type { ResidentScope } from "@/lib/access/shared";
import { closePools } from "@/lib/platform/databases";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makeMember } from "@/prisma/seed/member";
import { recordReadings } from "./record-readings";
import { rollUpUsage } from "./roll-up";
import { usageOf } from "./usage-of";

const NOW = new Date("2026-06-10T09:00:00Z");
const LATER = new Date("2026-06-15T09:00:00Z");
const SPAN = {
  span: { from: "2026-06-11", to: "2026-06-15" },
  by: "day",
  today: "2026-06-15",
  resource: "electricity",
} as const;
const ofFlat = (more: object = {}) => ({
  ...SPAN,
  subject: { kind: "unit", unitId: flat.unitId, leaseId: null, ...more } as const,
});

let flat: Flat;
beforeEach(async () => {
  flat = await makeFlat(NOW);
  // 21:00 UTC is midnight in Nairobi.
  const readings = [10, 11, 13].map((number, index) => ({
    meterId: flat.meterId,
    quantity: "register" as const,
    at: new Date(Date.UTC(2026, 5, number, 21)),
    value: BigInt(index) * 4_000n,
  }));
  await recordReadings(flat.scope, readings, LATER);
  await rollUpUsage(flat.scope, flat.installationId);
});
afterAll(closePools);

const member = (role: "caretaker" | "manager", buildingIds?: readonly string[]) =>
  makeMember(flat.scope.organizationId, {
    role,
    now: NOW,
    ...(buildingIds ? { buildingIds } : {}),
  });
const resident = (leaseIds: readonly string[]) =>
  ({ ...flat.scope, kind: "resident", leaseIds }) as unknown as ResidentScope;

it("gives each day's use, and names the day that no reading reaches", async () => {
  const usage = await usageOf(await member("manager"), ofFlat());
  const days = usage?.periods.map((day) => [day.from, day.used, day.isMeasured]);
  expect(days).toEqual([
    ["2026-06-11", 4_000n, true],
    ["2026-06-12", 2_000n, true],
    ["2026-06-13", 2_000n, true],
    ["2026-06-14", null, false],
  ]);
  expect(usage?.periods.map(({ missingDays }) => missingDays)).toEqual([0, 0, 0, 1]);
});

it("tells money to who may see sales, and a caretaker energy alone", async () => {
  const costs = async (role: "caretaker" | "manager") =>
    (await usageOf(await member(role), ofFlat()))?.periods.map(({ costMinor }) => costMinor);
  expect(await costs("manager")).toEqual([0n, 0n, 0n, 0n]);
  expect(await costs("caretaker")).toEqual([null, null, null, null]);
});

it("marks the day that a lease began", async () => {
  const year = { span: { from: "2026-01-01", to: "2026-07-01" }, by: "month" } as const;
  const usage = await usageOf(flat.scope, { ...ofFlat(), ...year });
  expect(usage?.marks).toEqual([{ day: "2026-01-01", kind: "lease-began", unitLabel: null }]);
  expect(usage?.periods.at(-1)).toMatchObject({ from: "2026-06-01", used: 8_000n });
});

it("is found by no other organization, other building or household", async () => {
  const other = await makeFlat(NOW);
  const ask = ofFlat();
  expect(await usageOf(other.scope, ask)).toBeNull();
  expect(await usageOf(await member("manager", []), ask)).toBeNull();
  expect(await usageOf(resident([]), ask)).toBeNull();
  expect(await usageOf(resident([other.leaseId]), ask)).toBeNull();
  expect(await usageOf(flat.scope, ofFlat({ unitId: "x" }))).toBeNull();
  const own = await usageOf(resident([flat.leaseId]), ask);
  expect(own?.periods[0]?.used).toBe(4_000n);
});

it("of one lease is seen by who holds it and by staff, and of no lease elsewhere", async () => {
  const other = await makeFlat(NOW);
  const ask = ofFlat({ leaseId: flat.leaseId });
  const used = (await usageOf(flat.scope, ask))?.periods.map((day) => day.used);
  expect(used).toEqual([4_000n, 2_000n, 2_000n, null]);
  expect(await usageOf(resident([flat.leaseId]), ask)).not.toBeNull();
  expect(await usageOf(resident([other.leaseId]), ask)).toBeNull();
  expect(await usageOf(flat.scope, ofFlat({ leaseId: other.leaseId }))).toBeNull();
  expect(await usageOf(flat.scope, ofFlat({ leaseId: "x" }))).toBeNull();
});
