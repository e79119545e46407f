import { beforeAll, describe, expect, it } from "vitest";
import { type ApprovalView, decideApproval, inScope, listApprovals } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { makePayablePurchase } from "@/prisma/seed/payable-purchase";
import type { StoredDefinition } from "../core/stored-definition";
import { findTariff, listTariffs } from "./list-tariffs";
import { listReferences } from "./references";
import { type NewVersion, scheduleVersion } from "./schedule-version";
import { addTariff, findVersionInForce } from "./tariffs";
import { carryOutTariffApproval, withdrawVersion } from "./version-steps";

const NOW = new Date("2026-06-01T08:30:00Z");
const afterDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const refusal = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
const flatAt = (price: string): StoredDefinition => ({
  pricesIncludeTax: false,
  tax: { code: "vat", percent: "16" },
  steps: [{ upToKwh: null, price }],
});

let flat: Flat;
let manager: OrgScope;
let administrator: OrgScope;
let stranger: OrgScope;
let reference: string;
let dearer: string;

beforeAll(async () => {
  flat = await makeFlat(NOW);
  const { organizationId } = flat.scope;
  const other = await makeFlat(NOW);
  manager = await makeMember(organizationId, { role: "manager", now: NOW });
  administrator = await makeMember(organizationId, { role: "administrator", now: NOW });
  stranger = await makeMember(other.scope.organizationId, { role: "administrator", now: NOW });
  const references = await listReferences(manager, "KES");
  reference = references.find(({ category }) => category.includes("ordinary 1"))?.id ?? "";
  dearer = references.find(({ category }) => category.includes("ordinary 2"))?.id ?? "";
});

const newTariff = () => addTariff(manager, { name: "Evenings", currency: "KES", now: NOW });

async function schedule(tariffId: string, change: Partial<NewVersion> = {}, scope = manager) {
  return scheduleVersion(scope, {
    tariffId,
    definition: flatAt("16.00"),
    startsAt: null,
    referenceTariffId: reference,
    reason: "",
    now: NOW,
    ...change,
  });
}

const priceAt = async (tariffId: string, at: Date) => {
  const version = await inScope(manager, (tx) => findVersionInForce(tx, tariffId, at));
  return version?.definition.steps[0]?.price ?? null;
};
const price = (digits: bigint) => ({ digits, scale: 2 });

async function waitingFor(tariffId: string): Promise<ApprovalView> {
  const { waiting } = await listApprovals(administrator, { take: 100, now: NOW });
  const found = waiting.find(({ subjectId }) => subjectId === tariffId);
  if (!found) throw new Error("nothing waits for this tariff");
  return found;
}
const decide = (asked: ApprovalView, now: Date, scope = administrator) =>
  decideApproval(
    scope,
    { approvalId: asked.id, requestHash: asked.requestHash, isApproved: true, now },
    (tx, approval) => carryOutTariffApproval(tx, approval, now),
  );

describe("a version", () => {
  it("starts at once where nobody bought yet, and the next one in the future", async () => {
    const tariffId = await newTariff();
    expect(await priceAt(tariffId, NOW)).toBeNull();
    expect(await schedule(tariffId)).toMatchObject({ value: { state: "active" } });
    const next = { definition: flatAt("15.00"), startsAt: afterDays(30) };
    expect((await schedule(tariffId, next)).ok).toBe(true);
    expect(await priceAt(tariffId, NOW)).toEqual(price(1_600n));
    expect(await priceAt(tariffId, afterDays(31))).toEqual(price(1_500n));
  });

  it("is refused in the past where somebody bought, and starts in the future", async () => {
    const { tariffId } = flat;
    const { organizationId } = flat.scope;
    const endpointId = newId();
    await inScope(flat.scope, (tx) =>
      tx.db.paymentEndpoint.createMany({
        data: [{ id: endpointId, belongsTo: organizationId, provider: "practice" }],
      }),
    );
    await makePayablePurchase(flat, endpointId, NOW);
    for (const startsAt of [null, NOW, afterDays(-1)]) {
      expect(await schedule(tariffId, { startsAt })).toEqual(refusal("starts-in-past"));
    }
    expect((await schedule(tariffId, { startsAt: afterDays(1) })).ok).toBe(true);
  });

  it("is refused with the path of a fault, and with a reference of another currency", async () => {
    const tariffId = await newTariff();
    const free = { ...flatAt("0"), steps: [{ upToKwh: null, price: "0" }] };
    const [rand] = await listReferences(manager, "ZAR");
    expect(await schedule(tariffId, { definition: free })).toEqual(
      refusal("tariff-invalid", { path: "steps.0.price" }),
    );
    for (const referenceTariffId of [rand?.id ?? "", newId(), "x"]) {
      expect(await schedule(tariffId, { referenceTariffId })).toEqual(refusal("reference-unknown"));
    }
  });

  it("is one of two that start at the same instant, also when both come at once", async () => {
    const tariffId = await newTariff();
    const startsAt = afterDays(5);
    const both = await Promise.all([1, 2].map(() => schedule(tariffId, { startsAt })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both).toContainEqual(refusal("start-taken"));
  });

  it("of another organization's tariff is not found, and not seen", async () => {
    const tariffId = await newTariff();
    granted(await schedule(tariffId));
    expect(await schedule(tariffId, {}, stranger)).toEqual(refusal("not-found"));
    expect(await findTariff(stranger, tariffId, NOW)).toBeNull();
    const [version] = (await findTariff(manager, tariffId, NOW))?.versions ?? [];
    const given = { tariffId, versionId: version?.id ?? "", now: NOW };
    expect(await withdrawVersion(stranger, given)).toEqual(refusal("not-found"));
    const names = (await listTariffs(stranger, NOW)).map(({ name }) => name);
    expect(names).toEqual(["Flat rate"]);
  });

  it("says who made it and when", async () => {
    const tariffId = await newTariff();
    granted(await schedule(tariffId));
    const tariff = await findTariff(manager, tariffId, NOW);
    expect(tariff?.versions).toMatchObject([
      { createdBy: manager.userId, createdAt: NOW, isInForce: true, state: "active" },
    ]);
  });
});

describe("a version that is withdrawn", () => {
  it("before its start is never in force, and leaves its instant free", async () => {
    const tariffId = await newTariff();
    granted(await schedule(tariffId));
    const next = { definition: flatAt("15.00"), startsAt: afterDays(2) };
    const { versionId } = granted(await schedule(tariffId, next));
    const given = { tariffId, versionId, now: afterDays(1) };
    const both = await Promise.all([1, 2].map(() => withdrawVersion(manager, given)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await priceAt(tariffId, afterDays(3))).toEqual(price(1_600n));
    expect((await schedule(tariffId, next)).ok).toBe(true);
  });

  it("is refused once it has started", async () => {
    const tariffId = await newTariff();
    const { versionId } = granted(await schedule(tariffId));
    expect(await withdrawVersion(manager, { tariffId, versionId, now: NOW })).toEqual(
      refusal("started"),
    );
  });
});

describe("a price above the reference", () => {
  it("waits for a second person, and is in force from the approval on", async () => {
    const tariffId = await newTariff();
    granted(await schedule(tariffId));
    const high = { definition: flatAt("30.00"), startsAt: afterDays(1), reason: "the generator" };
    expect(await schedule(tariffId, { ...high, reason: "  " })).toEqual(refusal("reason-missing"));
    expect(await schedule(tariffId, high)).toMatchObject({ value: { state: "waiting" } });
    expect(await priceAt(tariffId, afterDays(2))).toEqual(price(1_600n));
    const asked = await waitingFor(tariffId);
    expect(await decide(asked, afterDays(3), manager)).toEqual(refusal("not-found"));
    expect((await decide(asked, afterDays(3))).ok).toBe(true);
    expect(await priceAt(tariffId, afterDays(2))).toEqual(price(1_600n));
    expect(await priceAt(tariffId, afterDays(3))).toEqual(price(3_000n));
    expect(await decide(asked, afterDays(3))).toEqual(refusal("already-decided"));
  });

  it("is not approved by who asked", async () => {
    const tariffId = await newTariff();
    const high = { definition: flatAt("30.00"), reason: "the generator" };
    granted(await schedule(tariffId, high, administrator));
    const { mine } = await listApprovals(administrator, { take: 100, now: NOW });
    const asked = mine.find(({ subjectId }) => subjectId === tariffId);
    expect(asked && (await decide(asked, NOW))).toEqual(refusal("own-request"));
    expect(await priceAt(tariffId, NOW)).toBeNull();
  });

  it("cannot be approved once its start was changed past the request", async () => {
    const tariffId = await newTariff();
    const high = { definition: flatAt("30.00"), startsAt: afterDays(9), reason: "the generator" };
    const { versionId } = granted(await schedule(tariffId, high));
    const { organizationId } = manager;
    await inScope(manager, (tx) =>
      tx.db.tariffVersion.updateMany({
        where: { organizationId, id: versionId },
        data: { startsAt: afterDays(1) },
      }),
    );
    const asked = await waitingFor(tariffId);
    await expect(decide(asked, NOW)).rejects.toThrow("a version is what was approved");
    expect(await priceAt(tariffId, afterDays(2))).toBeNull();
  });

  it("cannot have what it says changed at all", async () => {
    const tariffId = await newTariff();
    const { versionId } = granted(await schedule(tariffId));
    const { organizationId } = manager;
    const change = inScope(manager, (tx) =>
      tx.db.tariffVersion.updateMany({
        where: { organizationId, id: versionId },
        data: { definition: flatAt("1") },
      }),
    );
    await expect(change).rejects.toThrow(/permission denied/i);
  });

  it("stays away where it was withdrawn before the approval", async () => {
    const tariffId = await newTariff();
    const high = { definition: flatAt("30.00"), reason: "the generator" };
    const { versionId } = granted(await schedule(tariffId, high));
    granted(await withdrawVersion(manager, { tariffId, versionId, now: NOW }));
    await decide(await waitingFor(tariffId), NOW);
    expect(await priceAt(tariffId, afterDays(1))).toBeNull();
  });

  it.each([
    ["without a reference", () => null],
    ["with another than before", () => dearer],
  ])("cannot be had %s", async (_name, other) => {
    const tariffId = await newTariff();
    granted(await schedule(tariffId));
    const next = { startsAt: afterDays(1), referenceTariffId: other(), reason: "as agreed" };
    expect(await schedule(tariffId, next)).toMatchObject({ value: { state: "waiting" } });
  });
});
