import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { closePools, workerPool } from "@/lib/platform/databases";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makeMember } from "@/prisma/seed/member";
import { decideQuarantined, listQuarantined } from "./quarantine";
import { recordReadings } from "./record-readings";
import { rollUpUsage } from "./roll-up";

const NOW = new Date("2026-06-10T09:00:00Z");
const ENTERED = new Date("2026-06-20T09:00:00Z");
const day = (number: number, hour = 21) => new Date(Date.UTC(2026, 5, number, hour));

let flat: Flat;
beforeEach(async () => {
  flat = await makeFlat(NOW);
});
afterAll(closePools);

const register = (at: Date, value: bigint) =>
  ({ meterId: flat.meterId, quantity: "register", at, value }) as const;
const remaining = (at: Date, value: bigint) =>
  ({ meterId: flat.meterId, quantity: "remaining", at, value }) as const;

async function enter(...readings: ReturnType<typeof register | typeof remaining>[]) {
  const recorded = await recordReadings(flat.scope, readings, ENTERED);
  if (!recorded.ok) throw new Error(recorded.error.code);
  return recorded.value.map((one) => ("reason" in one ? one.reason : one.outcome));
}
const planned = async () =>
  (
    await workerPool().query(
      "SELECT kind FROM due_work WHERE organization_id = $1 AND subject_id = $2",
      [flat.scope.organizationId, flat.installationId],
    )
  ).rows;

function usedByDay(): Promise<readonly (readonly [string, bigint, boolean])[]> {
  const { organizationId } = flat.scope;
  return inScope(flat.scope, async (tx) => {
    const rows = await tx.db.usageDay.findMany({
      where: { organizationId, unitId: flat.unitId },
      orderBy: { day: "asc" },
    });
    return rows.map((row) => [row.day.toISOString().slice(8, 10), row.used, row.isMeasured]);
  });
}
const managerOf = (organizationId: string) =>
  makeMember(organizationId, { role: "manager", now: NOW });
const manager = () => managerOf(flat.scope.organizationId);

describe("readings that are recorded", () => {
  it("are taken, and what was used is planned to be worked out", async () => {
    expect(await enter(register(day(10), 5_000n))).toEqual(["accepted"]);
    expect(await planned()).toEqual([{ kind: "meter.rollup" }]);
  });

  it("are nothing the second time, also within a batch", async () => {
    const reading = register(day(10), 5_000n);
    expect(await enter(reading, reading)).toEqual(["accepted", "nothing"]);
    expect(await enter(reading)).toEqual(["nothing"]);
  });

  it("make one where two come at once, and another value waits for a person", async () => {
    const both = await Promise.all([
      enter(register(day(10), 5_000n)),
      enter(register(day(10), 5_000n)),
    ]);
    expect(both.flat().sort()).toEqual(["accepted", "nothing"]);
    const apart = await Promise.all([
      enter(register(day(11), 6_000n)),
      enter(register(day(11), 6_001n)),
    ]);
    expect(apart.flat().sort()).toEqual(["accepted", "other-value"]);
  });

  it("are judged one beside the other in a batch, in whatever order it comes", async () => {
    const batch = [
      register(day(12), 4_000n),
      register(day(10), 5_000n),
      register(day(11), 9_000_000n),
    ];
    expect(await enter(...batch)).toEqual(["lower-than-before", "accepted", "impossible-slope"]);
  });

  it("that are late are judged beside the next as well", async () => {
    await enter(register(day(10), 5_000n), register(day(14), 9_000n));
    expect(await enter(register(day(12), 9_001n))).toEqual(["higher-than-after"]);
    expect(await enter(register(day(12), 7_000n))).toEqual(["accepted"]);
  });

  it("of the future wait, and beyond the months that are kept they are refused", async () => {
    expect(await enter(register(day(21), 5_000n))).toEqual(["in-the-future"]);
    const far = [register(new Date("2019-01-01Z"), 1n), register(new Date("2190-01-01Z"), 1n)];
    expect(await enter(...far)).toEqual(["beyond-reach", "beyond-reach"]);
  });

  it("are refused for a foreign meter, for none, and for what is no value", async () => {
    const other = await makeFlat(NOW);
    const foreign = { ...register(day(10), 1n), meterId: other.meterId };
    const nobodys = { ...register(day(10), 1n), meterId: "x" };
    const bad = [register(day(10), -1n), register(new Date(Number.NaN), 1n)];
    expect(await enter(foreign, nobodys, ...bad)).toEqual([
      "unknown-meter",
      "not-a-value",
      "not-a-value",
      "not-a-value",
    ]);
  });

  it("are at most 5,000 at once", async () => {
    const many = Array.from({ length: 5_001 }, () => register(day(10), 1n));
    expect(await recordReadings(flat.scope, many, ENTERED)).toMatchObject({
      error: { code: "too-many", most: 5_000 },
    });
  });

  it("come in by the thousand", async () => {
    const many = Array.from({ length: 5_000 }, (_, minute) =>
      register(new Date(day(10).getTime() + minute * 60_000), BigInt(minute)),
    );
    const outcomes = await enter(...many);
    expect(outcomes.every((outcome) => outcome === "accepted")).toBe(true);
  });
});

describe("who may record", () => {
  it("is staff limited to buildings for meters while they serve there", async () => {
    const scope = await manager();
    const here = { ...scope, buildingIds: [flat.buildingId] };
    const elsewhere = { ...scope, buildingIds: [] };
    const record = (one: OrgScope, at: Date) =>
      recordReadings(one, [register(at, 5_000n)], ENTERED).then((said) => said.ok && said.value[0]);
    expect(await record(elsewhere, day(10))).toEqual({
      outcome: "refused",
      reason: "unknown-meter",
    });
    expect(await record(here, new Date("2026-06-09Z"))).toMatchObject({ outcome: "refused" });
    expect(await record(here, day(10))).toEqual({ outcome: "accepted" });
  });

  it("is a resident on the days of the lease alone", async () => {
    const resident = (leaseIds: readonly string[]) =>
      ({ ...flat.scope, kind: "resident", userId: flat.leaseId, leaseIds, origin: null }) as never;
    const record = async (leaseIds: readonly string[]) =>
      (await recordReadings(resident(leaseIds), [register(day(10), 5_000n)], ENTERED)) as never;
    expect(await record([])).toMatchObject({ value: [{ reason: "unknown-meter" }] });
    expect(await record([flat.leaseId])).toMatchObject({ value: [{ outcome: "accepted" }] });
  });
});

describe("what was used", () => {
  it("is worked out by the building's own days, and anew after a late reading", async () => {
    // 21:00 UTC is midnight in Nairobi.
    await enter(register(day(10), 0n), register(day(11), 3_000n), register(day(13), 9_000n));
    await rollUpUsage(flat.scope, flat.installationId);
    expect(await usedByDay()).toEqual([
      ["11", 3_000n, true],
      ["12", 3_000n, true],
      ["13", 3_000n, true],
    ]);
    await enter(register(day(12), 8_000n));
    await Promise.all([1, 2].map(() => rollUpUsage(flat.scope, flat.installationId)));
    expect(await usedByDay()).toEqual([
      ["11", 3_000n, true],
      ["12", 5_000n, true],
      ["13", 1_000n, true],
    ]);
  });

  it("is what remained and was bought, less what remains, on a one-way meter", async () => {
    await enter(remaining(day(10), 20_000n), remaining(day(11), 14_000n));
    await rollUpUsage(flat.scope, flat.installationId);
    expect(await usedByDay()).toEqual([["11", 6_000n, true]]);
    expect(await enter(remaining(day(12), 15_000n))).toEqual(["more-than-bought"]);
  });
});

describe("a reading in quarantine", () => {
  it("counts when a person keeps it, instead of what stood for its instant", async () => {
    await enter(register(day(10), 0n), register(day(11), 3_000n), register(day(11), 2_000n));
    const scope = await manager();
    const [waiting, ...others] = await listQuarantined(scope);
    expect(others).toEqual([]);
    expect(waiting).toMatchObject({ reason: "other-value", value: 2_000n, unitLabel: "B-204" });
    const id = waiting?.id ?? "";
    const keep = { id, decision: "kept", now: ENTERED } as const;
    const twice = await Promise.all([keep, keep].map((one) => decideQuarantined(scope, one)));
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
    await rollUpUsage(flat.scope, flat.installationId);
    expect(await usedByDay()).toEqual([["11", 2_000n, true]]);
    expect(await listQuarantined(scope)).toEqual([]);
    expect(await enter(register(day(11), 2_000n))).toEqual(["nothing"]);
  });

  it("counts for nothing when it is dropped, and does not come back", async () => {
    await enter(register(day(10), 5_000n), register(day(11), 4_000n));
    const scope = await manager();
    const id = (await listQuarantined(scope))[0]?.id ?? "";
    expect(await decideQuarantined(scope, { id, decision: "dropped", now: ENTERED })).toMatchObject(
      {
        ok: true,
      },
    );
    await enter(register(day(11), 4_000n));
    expect(await listQuarantined(scope)).toEqual([]);
  });

  it("is not found by another organization, nor outside a role's buildings", async () => {
    await enter(register(day(10), 5_000n), register(day(11), 4_000n));
    const scope = await manager();
    const id = (await listQuarantined(scope))[0]?.id ?? "";
    const limited = { ...scope, buildingIds: [] };
    expect(await listQuarantined(limited)).toEqual([]);
    const drop = { id, decision: "dropped", now: ENTERED } as const;
    expect(await decideQuarantined(limited, drop)).toMatchObject({ error: "not-found" });
    const other = await makeFlat(NOW);
    const stranger = await managerOf(other.scope.organizationId);
    expect(await decideQuarantined(stranger, drop)).toMatchObject({ error: "not-found" });
    expect(await decideQuarantined(scope, { ...drop, id: "x" })).toMatchObject({
      error: "not-found",
    });
  });
});
