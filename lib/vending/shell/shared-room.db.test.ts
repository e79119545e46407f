import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addLeaseHolder, inScope, listResidentScopes } from "@/lib/access";
import type { ResidentScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { usageOf } from "@/lib/metering";
import { newId } from "@/lib/platform";
import {
  addBeds,
  createMeter,
  createUnit,
  endLease,
  installMeter,
  listHeldUnits,
  startLease,
} from "@/lib/property";
import { freshMeterNumber } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { sell } from "@/prisma/seed/practice-sale";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { findPurchase, listSales, openPurchase } from "..";

// A room with two beds: Amina since 1 June; in the other Chiku until the 10th, then Baraka.
const OPENED = new Date("2026-06-01T08:00:00Z");
const BEFORE = new Date("2026-06-05T08:00:00Z");
const TOGETHER = new Date("2026-06-12T08:00:00Z");
const AFTER = new Date("2026-06-25T08:00:00Z");
const NOW = new Date("2026-06-30T08:00:00Z");

let signer: SignerProcess;
let shop: Shop;
let unitId: string;
let meterId: string;
let amina: ResidentScope;
let baraka: ResidentScope;
let chiku: ResidentScope;
let before: string;
let byBaraka: string;
let after: string;

async function resident(leaseId: string): Promise<ResidentScope> {
  const userId = newId();
  await inScope(shop.meter.scope, (tx) => addLeaseHolder(tx, { userId, leaseId }));
  const [scope] = await listResidentScopes(userId);
  assert(scope, "who holds a lease is a resident");
  return scope;
}

async function letBed(bedId: string, residentName: string, startsOn: string) {
  const lease = { unitId, bedId, residentName, startsOn, now: NOW };
  return granted(await startLease(shop.meter.scope, lease)).leaseId;
}

beforeAll(async () => {
  signer = await startSigner();
  shop = await openShop(signer.issuer, OPENED);
  const { scope, flat } = shop.meter;
  const { organizationId } = scope;
  const room = { buildingId: flat.buildingId, label: "R-1", floor: 1, position: 1 } as const;
  unitId = await createUnit(scope, { ...room, kind: "room", now: OPENED });
  granted(await addBeds(scope, { unitId, labels: ["A", "B"], now: OPENED }));
  const beds = await inScope(scope, (tx) =>
    tx.db.bed.findMany({ where: { organizationId, unitId }, orderBy: { label: "asc" } }),
  );
  const { vendingKeyId } = shop;
  const named = { meterNumber: freshMeterNumber(), vendingKeyId, tariffIndex: 1 } as const;
  meterId = granted(await createMeter(scope, { ...named, state: "verified", now: OPENED }));
  granted(await installMeter(scope, { meterId, unitId, startsAt: OPENED }));
  const [a = "", b = ""] = beds.map(({ id }) => id);
  amina = await resident(await letBed(a, "Amina", "2026-06-01"));
  const left = await letBed(b, "Chiku", "2026-06-01");
  chiku = await resident(left);
  before = (await sell(scope, { meterId, amountText: "29", now: BEFORE }, shop.tools)).purchaseId;
  granted(await endLease(scope, { leaseId: left, endsOn: "2026-06-10", now: NOW }));
  const barakas = await letBed(b, "Baraka", "2026-06-10");
  baraka = await resident(barakas);
  byBaraka = await buyAs(baraka, TOGETHER);
  granted(await endLease(scope, { leaseId: barakas, endsOn: "2026-06-20", now: NOW }));
  after = (await sell(scope, { meterId, amountText: "29", now: AFTER }, shop.tools)).purchaseId;
}, 60_000);
afterAll(() => signer.stop());

/** Priced by somebody who is signed in; what follows asks nobody's lease. */
async function buyAs({ userId }: ResidentScope, now: Date): Promise<string> {
  const asked = { meterId, amountText: "29", channel: "web", now, buyerId: userId } as const;
  const keys = { requestKey: newId(), addressKey: newId() };
  return granted(await openPurchase(shop.meter.scope, { ...asked, ...keys })).purchaseId;
}

const leaseOf = (purchaseId: string) =>
  inScope(shop.meter.scope, async (tx) => {
    const { organizationId } = shop.meter.scope;
    const where = { organizationId_id: { organizationId, id: purchaseId } };
    return (await tx.db.purchase.findUniqueOrThrow({ where })).leaseId;
  });
const seen = async (scope: ResidentScope) => {
  const found = await Promise.all(
    [before, byBaraka, after].map(async (id) => (await findPurchase(scope, id)) !== null),
  );
  return found.map((is, at) => (is ? ["before", "byBaraka", "after"][at] : null)).filter(Boolean);
};

describe("in a room let by its beds", () => {
  it("a purchase names the lease of who was signed in, and none where nobody was", async () => {
    expect(await leaseOf(byBaraka)).toBe(baraka.leaseIds[0]);
    expect(await leaseOf(before)).toBeNull();
    const stranger = await buyAs({ ...baraka, userId: newId() }, TOGETHER);
    expect(await leaseOf(stranger)).toBeNull();
    // Baraka moved out on the 20th; Amina lives alone there, and the room's only lease is hers.
    expect(await leaseOf(after)).toBe(amina.leaseIds[0]);
  });

  it("each sees what was put on the meter on the days of the own lease, and no other", async () => {
    expect(await seen(amina)).toEqual(["before", "byBaraka", "after"]);
    expect(await seen(chiku)).toEqual(["before"]);
    expect(await seen(baraka)).toEqual(["byBaraka"]);
    expect((await listSales(chiku, { take: 9 })).map((sale) => sale.purchaseId)).toEqual([before]);
    expect(await listSales(baraka, { take: 9 })).toEqual([]);
  });

  it("nobody is told by whom", async () => {
    expect(await findPurchase(amina, byBaraka)).toMatchObject({ residentName: null });
    expect(await findPurchase(baraka, byBaraka)).toMatchObject({ residentName: "Baraka" });
    for (const scope of [amina, baraka, chiku]) {
      const [home] = await listHeldUnits(scope, NOW);
      expect(JSON.stringify(home)).not.toMatch(/Amina|Baraka|Chiku/);
    }
  });

  it("bought against used counts the same purchases as the history", async () => {
    const span = { from: "2026-06-01", to: "2026-07-01" };
    const subject = { kind: "unit", unitId, leaseId: null } as const;
    const of = {
      subject,
      span,
      by: "month",
      today: "2026-06-30",
      resource: "electricity",
    } as const;
    const bought = async (scope: ResidentScope) => (await usageOf(scope, of))?.periods[0]?.bought;
    expect(await bought(amina)).toBe(2_000n);
    expect(await bought(chiku)).toBe(1_000n);
    expect(await bought(baraka)).toBe(0n);
  });
});
