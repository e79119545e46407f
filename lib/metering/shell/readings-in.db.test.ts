import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { findGatewayScope } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";
import { closePools } from "@/lib/platform/databases";
import { createReadMeter } from "@/lib/property";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { createGateway, gatewaySecretHash, listGateways, revokeGateway } from "./gateways";
import { countQuarantined, listQuarantined } from "./quarantine";
import { recordBatch } from "./record-batch";
import { listRound } from "./round";

const NOW = new Date("2026-06-10T09:00:00Z");
const LATER = new Date("2026-06-20T09:00:00Z");

let flat: Flat;
beforeEach(async () => {
  flat = await makeFlat(NOW);
});
afterAll(closePools);

const member = (role: "administrator" | "caretaker", buildingIds?: readonly string[]) =>
  makeMember(flat.scope.organizationId, {
    role,
    now: NOW,
    ...(buildingIds ? { buildingIds } : {}),
  });
const row = (at: string, value: string, more: object = {}) => ({
  ...{ meter: flat.meterNumber, quantity: "register", at, value, ...more },
});
async function push(
  scope: Parameters<typeof recordBatch>[0],
  ...readings: ReturnType<typeof row>[]
) {
  const recorded = await recordBatch(scope, { readings, now: LATER });
  if (!recorded.ok) throw new Error(recorded.error.code);
  return recorded.value.map((one) => ("reason" in one ? one.reason : one.outcome));
}
async function gateway(buildingId: string | null = null): Promise<string> {
  const wanted = { name: "Roof", buildingId, now: NOW };
  return granted(await createGateway(await member("administrator"), wanted));
}
async function opened(secret: string): Promise<EndpointScope> {
  const scope = await findGatewayScope(gatewaySecretHash(secret));
  if (!scope) throw new Error("the gateway is not let in");
  return scope;
}

describe("a sheet or a push", () => {
  it("answers each row in its place, and what is bad keeps nothing else out", async () => {
    const elsewhere = await makeFlat(NOW);
    const spare = "SPARE 1";
    const named = { meterNumber: spare, resource: "water", now: NOW } as const;
    granted(await createReadMeter(flat.scope, named));
    const said = await push(
      await opened(await gateway()),
      row("2026-06-11 09:00", "5"),
      row("2026-06-11 09:00", "5"),
      row("2026-06-11 09:00", "6"),
      row("2026-06-12 09:00", "4.999"),
      row("2026-06-12 09:00", "9000"),
      row("2026-06-30 09:00", "10"),
      row("2026-06-11 09:00", "5", { meter: elsewhere.meterNumber }),
      row("2026-06-11 09:00", "5", { meter: "00000000000" }),
      row("2026-06-11 09:00", "5", { meter: spare }),
      row("2026-06-01 09:00", "5"),
      row("soon", "5"),
      row("2026-06-12 09:00", "five"),
      row("2026-06-12 09:00", "5", { quantity: "both" }),
      row("2026-06-13 09:00", "7.125"),
    );
    expect(said).toEqual([
      ...["accepted", "nothing", "other-value", "lower-than-before", "impossible-slope"],
      ...["in-the-future", "unknown-meter", "unknown-meter", "unknown-meter", "not-installed"],
      ...["not-a-time", "not-a-value", "not-a-quantity", "accepted"],
    ]);
  });

  it("is nothing the second time, also where two calls come at once", async () => {
    const scope = await opened(await gateway());
    const rows = [row("2026-06-11 09:00", "5"), row("2026-06-12 09:00", "6")];
    const both = await Promise.all([push(scope, ...rows), push(scope, ...rows)]);
    expect(both.flat().sort()).toEqual(["accepted", "accepted", "nothing", "nothing"]);
    expect(await push(scope, ...rows)).toEqual(["nothing", "nothing"]);
  });

  it("has the building's own time where it names no offset", async () => {
    const scope = await opened(await gateway());
    await push(scope, row("2026-06-11 12:00", "5"));
    const same = [row("2026-06-11T09:00:00Z", "5"), row("2026-06-11T12:00+03:00", "5")];
    expect(await push(scope, ...same)).toEqual(["nothing", "nothing"]);
  });

  it("finds no meter outside a role's buildings, nor outside a gateway's", async () => {
    const reading = row("2026-06-11 09:00", "5");
    expect(await push(await member("caretaker", []), reading)).toEqual(["unknown-meter"]);
    const other = await makeFlat(NOW);
    const admin = await makeMember(other.scope.organizationId, {
      role: "administrator",
      now: NOW,
    });
    const foreign = { name: "Roof", buildingId: flat.buildingId, now: NOW };
    expect(await createGateway(admin, foreign)).toMatchObject({ error: "building-not-found" });
    const own = await opened(await gateway(flat.buildingId));
    expect(await push({ ...own, buildingIds: [other.buildingId] }, reading)).toEqual([
      "unknown-meter",
    ]);
    expect(await push(own, reading)).toEqual(["accepted"]);
  });
});

describe("a gateway's secret", () => {
  it("opens its organization until it is shut out, and no other opens anything", async () => {
    const secret = await gateway();
    expect(await opened(secret)).toMatchObject({
      organizationId: flat.scope.organizationId,
      buildingIds: null,
    });
    expect(await findGatewayScope(gatewaySecretHash(`${secret}x`))).toBeNull();
    const admin = await member("administrator");
    const id = (await listGateways(admin))[0]?.id ?? "";
    const other = await makeFlat(NOW);
    const stranger = await makeMember(other.scope.organizationId, {
      role: "administrator",
      now: NOW,
    });
    expect(await revokeGateway(stranger, { id, now: NOW })).toMatchObject({ error: "not-found" });
    const twice = await Promise.all([1, 2].map(() => revokeGateway(admin, { id, now: NOW })));
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await findGatewayScope(gatewaySecretHash(secret))).toBeNull();
    expect(await revokeGateway(admin, { id: "x", now: NOW })).toMatchObject({ ok: false });
  });
});

describe("readings that wait", () => {
  it("stand beside what was read around them, and are counted", async () => {
    const scope = await member("caretaker");
    const [first, low] = [row("2026-06-11 09:00", "5"), row("2026-06-12 09:00", "4")];
    await push(scope, first, low, row("2026-06-13 09:00", "8"));
    expect(await countQuarantined(scope)).toBe(1);
    expect(await listQuarantined(scope)).toMatchObject([
      {
        ...{ value: 4_000n, reason: "lower-than-before", enteredBy: scope.userId },
        ...{ before: { value: 5_000n }, same: null, after: { value: 8_000n } },
      },
    ]);
    expect(await countQuarantined({ ...scope, buildingIds: [] })).toBe(0);
  });
});

describe("a round", () => {
  it("walks past each meter with what it showed last, within a role's buildings", async () => {
    const scope = await member("caretaker");
    await push(scope, row("2026-06-11 09:00", "5", { quantity: "remaining" }));
    const ask = { buildingId: flat.buildingId, now: LATER };
    expect(await listRound(scope, ask)).toMatchObject([
      { meterId: flat.meterId, unitLabel: "B-204", quantity: "remaining", lastValue: 5_000n },
    ]);
    expect(await listRound({ ...scope, buildingIds: [] }, ask)).toEqual([]);
    expect(await listRound(scope, { ...ask, buildingId: "x" })).toEqual([]);
  });
});
