import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addStaff, findOrgScope, inWorkerScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { refreshCredit } from "@/lib/metering";
import { newId } from "@/lib/platform";
import { createBuilding } from "@/lib/property";
import { payFor, sell } from "@/prisma/seed/practice-sale";
import { makeSellingMeter } from "@/prisma/seed/reservation";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import {
  findBuildingState,
  listPortfolio,
  listSold,
  listUnitStory,
  type SalesFilter,
  searchOrganization,
  sumSold,
} from "..";

// What the console shows of several rooms at once: for all, for a role limited to one building, for
// a caretaker, and for another organization.

const NOW = new Date("2026-06-01T08:30:00Z");
const LATER = new Date("2026-06-01T12:00:00Z");
const ALL: SalesFilter = {
  buildingId: null,
  unitLabel: null,
  state: null,
  from: null,
  until: null,
  receipt: null,
};

let signer: SignerProcess;
let shop: Shop;
let own: Place;
let other: Place;
let unlimited: OrgScope;
let limited: OrgScope;
let caretaker: OrgScope;
let stranger: OrgScope;

type Place = {
  readonly buildingId: string;
  readonly unitId: string;
  readonly meterNumber: string;
  readonly sold: readonly string[];
  readonly waiting: string;
};

beforeAll(async () => {
  signer = await startSigner();
  shop = await openShop(signer.issuer, NOW);
  const { scope, buildingId, tariffId } = shop.meter.flat;
  const facts = { currency: "KES", timeZone: "Africa/Nairobi", locale: "en-KE", tariffId } as const;
  const beside = { name: "Baobab House", address: "Ngong Road 14, Nairobi", now: NOW, ...facts };
  own = await furnish(buildingId);
  other = await furnish(await createBuilding(scope, beside));
  unlimited = await staffScope("manager", undefined);
  limited = await staffScope("manager", [own.buildingId]);
  caretaker = await staffScope("caretaker", undefined);
  const elsewhere = await openShop(signer.issuer, NOW);
  stranger = await staffScope("manager", undefined, elsewhere);
});
afterAll(() => signer.stop());

async function furnish(buildingId: string): Promise<Place> {
  const { meter, vendingKeyId, tools } = shop;
  const { scope, flat } = meter;
  const letUnit = await makeSellingMeter({ ...flat, buildingId }, { vendingKeyId, now: NOW });
  const { unitId, meterId, meterNumber } = letUnit;
  const one = await sell(scope, { meterId, amountText: "29", now: NOW }, tools);
  const two = await sell(scope, { meterId, amountText: "29", now: later(5) }, tools);
  const paid = await payFor(scope, { meterId, amountText: "58", now: later(9) }, tools);
  return {
    buildingId,
    unitId,
    meterNumber,
    sold: [one.purchaseId, two.purchaseId],
    waiting: paid.purchaseId,
  };
}

const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

async function staffScope(
  role: "manager" | "caretaker",
  buildingIds: readonly string[] | undefined,
  of: Shop = shop,
): Promise<OrgScope> {
  const { organizationId } = of.meter.scope;
  const userId = newId();
  const slug = `look-${userId}`;
  const limits = buildingIds === undefined ? {} : { buildingIds };
  await addStaff(organizationId, { userId, slug, role, now: NOW, ...limits });
  const scope = await findOrgScope({ userId, slug }, "building:read", NOW);
  assert(scope, "who was let in is let in");
  return scope;
}

describe("the list of sales", () => {
  it("holds everything with money in it, newest first, page by page without a gap", async () => {
    const seen: string[] = [];
    let after: { readonly at: Date; readonly id: string } | null = null;
    for (let page = 0; page < 9; page++) {
      const rows = await listSold(unlimited, { filter: ALL, after, take: 2 });
      const last = rows.at(-1);
      if (!last) break;
      seen.push(...rows.map((row) => row.purchaseId));
      after = { at: last.at, id: last.purchaseId };
    }
    const all = [own, other].flatMap(({ sold, waiting }) => [...sold, waiting]);
    expect(seen).toHaveLength(all.length);
    expect(new Set(seen)).toEqual(new Set(all));
  });

  it("sums what the filter holds and refuses to sum more than it may", async () => {
    const issued = { ...ALL, state: "issued", buildingId: own.buildingId } as const;
    expect(await sumSold(unlimited, { filter: issued, most: 10 })).toMatchObject([
      { currency: "KES", count: 2, amountMinor: 5_800n },
    ]);
    expect(await sumSold(unlimited, { filter: ALL, most: 5 })).toBeNull();
    expect(await sumSold(unlimited, { filter: ALL, most: 6 })).not.toBeNull();
  });

  it("finds a unit's sales by its name however written, and what waits for a token", async () => {
    const [row] = await listSold(unlimited, { filter: ALL, after: null, take: 1 });
    const unitLabel = ` ${row?.unitLabel.toLowerCase().replace("-", " ")}`;
    const ofUnit = { filter: { ...ALL, unitLabel }, after: null, take: 50 };
    const found = await listSold(unlimited, ofUnit);
    expect(found.map(({ unitId }) => unitId)).toContain(row?.unitId);
    expect(new Set(found.map((each) => each.unitLabel))).toEqual(new Set([row?.unitLabel]));
    const waiting = { ...ALL, state: "waiting" } as const;
    const open = await listSold(unlimited, { filter: waiting, after: null, take: 50 });
    expect(new Set(open.map(({ purchaseId }) => purchaseId))).toEqual(
      new Set([own.waiting, other.waiting]),
    );
    expect(await sumSold(unlimited, { filter: waiting, most: 9 })).toMatchObject([{ count: 2 }]);
  });

  it("finds a receipt by its number, and nothing for what is no number", async () => {
    const [first] = await listSold(unlimited, {
      filter: { ...ALL, state: "issued" },
      after: null,
      take: 1,
    });
    const filter = { ...ALL, receipt: first?.receiptNumber ?? "" };
    const found = await listSold(unlimited, { filter, after: null, take: 9 });
    expect(found.map((row) => row.purchaseId)).toContain(first?.purchaseId);
    const none = { ...ALL, receipt: "% OR 1=1" };
    expect(await listSold(unlimited, { filter: none, after: null, take: 9 })).toEqual([]);
  });

  it("stays within a role's buildings, also when another is asked for by name", async () => {
    const mine = await listSold(limited, { filter: ALL, after: null, take: 50 });
    expect(new Set(mine.map((row) => row.unitId))).toEqual(new Set([own.unitId]));
    const filter = { ...ALL, buildingId: other.buildingId };
    expect(await listSold(limited, { filter, after: null, take: 9 })).toEqual([]);
    expect(await sumSold(limited, { filter, most: 9 })).toEqual([]);
    expect(await listSold(stranger, { filter, after: null, take: 9 })).toEqual([]);
  });
});

describe("the portfolio", () => {
  const query = { text: "", sort: "name", page: 1, take: 50, now: LATER } as const;

  it("tells of each building what was sold today and what waits for a person", async () => {
    const rows = await listPortfolio(unlimited, query);
    expect(rows.find(({ id }) => id === own.buildingId)).toMatchObject({
      soldMinor: 5_800n,
      needsYou: 1,
      found: rows.length,
    });
  });

  it("counts an empty unit as dark only while somebody lives in it", async () => {
    const system = shop.meter.scope;
    await inWorkerScope(system, async ({ db }) => {
      await db.unitCredit.deleteMany({
        where: { organizationId: system.organizationId, unitId: own.unitId },
      });
      await db.unitCredit.createMany({
        data: [
          {
            organizationId: system.organizationId,
            unitId: own.unitId,
            buildingId: own.buildingId,
            basis: "estimated",
            asOf: NOW,
            remainingWh: 0n,
            dailyUseWh: 1n,
            runsOutAt: NOW,
          },
        ],
      });
    });
    const rows = await listPortfolio(unlimited, query);
    expect(rows.find(({ id }) => id === own.buildingId)?.dark).toBe(1);
    await refreshCredit(system, own.unitId, LATER);
  });

  it("is searched, sorted and paged, and stays within a role's buildings", async () => {
    const found = await listPortfolio(unlimited, { ...query, text: "baobab" });
    expect(found.map(({ id }) => id)).toEqual([other.buildingId]);
    for (const sort of ["dark", "sold", "needs"] as const) {
      const rows = await listPortfolio(unlimited, { ...query, sort, take: 1, page: 2 });
      expect(rows).toHaveLength(1);
    }
    expect((await listPortfolio(limited, query)).map(({ id }) => id)).toEqual([own.buildingId]);
    const foreign = await listPortfolio(stranger, query);
    expect(foreign.map(({ id }) => id)).not.toContain(own.buildingId);
  });
});

describe("a building's state", () => {
  it("names the payment without a token, and its amount", async () => {
    const { buildingId } = own;
    const state = await findBuildingState(unlimited, { buildingId, now: LATER });
    const need = { kind: "no-token", subjectId: own.waiting, amountMinor: 5_800n };
    expect(state.needs).toContainEqual(expect.objectContaining(need));
    expect(state.soldMinor).toBe(5_800n);
  });

  it("tells nothing of a building beyond the role, or of another organization", async () => {
    const elsewhere = { buildingId: other.buildingId, now: LATER };
    for (const scope of [limited, stranger]) {
      const state = await findBuildingState(scope, elsewhere);
      expect(state).toMatchObject({ needs: [], soldMinor: 0n, usedMonthWh: 0n });
    }
  });
});

describe("the search", () => {
  const ask = (scope: OrgScope, text: string) =>
    searchOrganization(scope, { text, now: LATER, take: 9 });
  const idsOf = async (scope: OrgScope, text: string) =>
    (await ask(scope, text)).map(({ id }) => id);

  it("finds a meter by its first digits, by its last, and written in groups", async () => {
    const { meterNumber } = own;
    const grouped = `${meterNumber.slice(0, 4)} ${meterNumber.slice(4)}`;
    for (const text of [meterNumber, grouped, meterNumber.slice(-6)]) {
      expect((await ask(unlimited, text)).map(({ label }) => label)).toContain(meterNumber);
    }
  });

  it("finds a building by its name in any letters, and nothing for one letter", async () => {
    expect(await idsOf(unlimited, "BAOBAB h")).toContain(other.buildingId);
    expect(await ask(unlimited, "b")).toEqual([]);
    expect(await ask(unlimited, "%%")).toEqual([]);
  });

  it("shows receipts to who reads sales, meters to who manages them, else neither", async () => {
    const filter = { ...ALL, state: "issued" } as const;
    const [sold] = await listSold(unlimited, { filter, after: null, take: 1 });
    const receipt = sold?.receiptNumber ?? "";
    expect(await idsOf(unlimited, receipt)).toContain(sold?.purchaseId);
    expect(await ask(caretaker, receipt)).toEqual([]);
    expect(await ask(caretaker, own.meterNumber)).toEqual([]);
  });

  it("stays within a role's buildings and within the organization", async () => {
    expect(await ask(limited, other.meterNumber)).toEqual([]);
    expect(await idsOf(limited, "baobab")).toEqual([]);
    expect(await ask(stranger, own.meterNumber)).toEqual([]);
    expect(await idsOf(stranger, "baobab")).toEqual([]);
  });
});

describe("a unit's story", () => {
  const tell = (scope: OrgScope, before = LATER, take = 20) =>
    listUnitStory(scope, { unitId: own.unitId, before, now: LATER, take });

  it("tells newest first what was bought, and goes on before any instant", async () => {
    const all = await tell(unlimited);
    expect(all.filter(({ kind }) => kind === "bought")).toHaveLength(3);
    expect(all.map(({ at }) => at.getTime())).toEqual(
      all.map(({ at }) => at.getTime()).toSorted((one, two) => two - one),
    );
    const [newest] = all;
    const earlier = await tell(unlimited, newest?.at);
    expect(earlier.map(({ id }) => id)).not.toContain(newest?.id);
  });

  it("tells a caretaker of no money and names nobody to them", async () => {
    const told = await tell(caretaker);
    expect(told.some(({ kind }) => kind === "meter-in")).toBe(true);
    expect(told.every(({ amountMinor }) => amountMinor === null)).toBe(true);
    expect(told.some(({ kind }) => kind === "bought")).toBe(false);
    const leases = told.filter(({ kind }) => kind === "lease-began");
    expect(leases.every(({ name }) => name === "")).toBe(true);
  });

  it("is nothing beyond the role's buildings and for another organization", async () => {
    const there = { unitId: other.unitId, before: LATER, now: LATER, take: 9 };
    expect(await listUnitStory(limited, there)).toEqual([]);
    expect(await tell(stranger)).toEqual([]);
  });
});
