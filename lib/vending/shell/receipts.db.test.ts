import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addLeaseHolder, addStaff, findOrgScope, inScope, listResidentScopes } from "@/lib/access";
import type { OrgScope, ResidentScope, Role } from "@/lib/access/shared";
import { createPerson } from "@/lib/identity";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { payFor, sell } from "@/prisma/seed/practice-sale";
import { makeSellingMeter, type SellingMeter } from "@/prisma/seed/reservation";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { addTariffVersion } from "@/prisma/seed/tariff-version";
import {
  compareWithPrevious,
  findPurchase,
  listReprints,
  receiptJson,
  receiptOf,
  receiptSchema,
  reprintPurchase,
} from "..";

// 25 shillings for a kilowatt-hour and 16 % tax on top; 30 shillings from the second day on.
const NOW = new Date("2026-06-01T08:30:00Z");
const NEXT_DAY = new Date("2026-06-02T08:30:00Z");

const ORIGIN = { address: "192.0.2.1", userAgent: "test" };

let signer: SignerProcess;
let shop: Shop;
let other: SellingMeter;
let first: string;
let second: string;

const saleAt = (now: Date, { meterId, scope }: SellingMeter, amountText = "500") =>
  sell(scope, { meterId, amountText, now }, shop.tools);

async function staff(role: Role): Promise<OrgScope> {
  const email = `${newId()}@example.org`;
  const userId = await createPerson({ name: "Grace", email, password: newId(), now: NOW });
  const slug = `staff-${userId}`;
  await addStaff(shop.meter.scope.organizationId, { userId, role, slug, now: NOW });
  const scope = await findOrgScope({ userId, slug, origin: ORIGIN }, "sale:read", NOW);
  assert(scope, "who is staff is let in");
  return scope;
}

async function residentOf({ unitId, scope }: SellingMeter): Promise<ResidentScope> {
  const userId = newId();
  await inScope(scope, async (tx) => {
    const { organizationId } = tx.scope;
    const lease = await tx.db.lease.findFirstOrThrow({ where: { organizationId, unitId } });
    await addLeaseHolder(tx, { userId, leaseId: lease.id });
  });
  const [resident] = await listResidentScopes(userId);
  assert(resident, "who holds a lease is a resident");
  return resident;
}

beforeAll(async () => {
  signer = await startSigner();
  shop = await openShop(signer.issuer, NOW);
  other = await makeSellingMeter(shop.meter.flat, { vendingKeyId: shop.vendingKeyId, now: NOW });
  first = (await saleAt(NOW, shop.meter)).purchaseId;
  await addTariffVersion(shop.meter.flat, { pricePerKwh: "30", startsAt: NEXT_DAY });
  second = (await saleAt(NEXT_DAY, shop.meter)).purchaseId;
}, 60_000);
afterAll(() => signer.stop());

describe("the receipt of a sold purchase", () => {
  it("is the same for machines as for people, and keeps its schema", async () => {
    const purchase = await findPurchase(shop.meter.scope, first);
    assert(purchase, "a sold purchase is found");
    const shown = { showsDigits: true, reprint: null };
    const json = receiptSchema.parse(JSON.parse(JSON.stringify(receiptJson(purchase, shown))));
    const { tokens, energyWh } = receiptOf(purchase);
    expect(json.tokens?.map(({ digits }) => digits)).toEqual(tokens.map(({ digits }) => digits));
    expect(json.energy.tokensWh).toBe(energyWh.toString());
    expect(json.references.providers).toEqual([
      { provider: "practice", reference: expect.any(String) },
    ]);
    const sum = json.lines.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
    expect(sum + BigInt(json.unspentMinor)).toBe(BigInt(json.paidMinor) + BigInt(json.walletMinor));
    expect(receiptJson(purchase, { showsDigits: false, reprint: null }).tokens).toBeNull();
  });

  it("tells a resident the account, and a guest nothing of it", async () => {
    const resident = await residentOf(shop.meter);
    expect(await findPurchase(resident, first)).toMatchObject({ seesAccount: true });
    const neighbour = await residentOf(other);
    expect(await findPurchase(neighbour, first)).toBeNull();
  });
});

describe("why a purchase gave fewer units than the one before", () => {
  it("names the price that changed, and the parts add up", async () => {
    const resident = await residentOf(shop.meter);
    const purchase = await findPurchase(resident, second);
    assert(purchase, "a resident sees what was bought");
    const compared = await compareWithPrevious(resident, purchase);
    assert(compared, "there is a purchase before");
    expect(compared.previous.id).toBe(first);
    const { thenWh, nowWh, differences, main } = compared.comparison;
    expect(main).toBe("prices");
    expect(nowWh).toBeLessThan(thenWh);
    const explained = differences.reduce((sum, { energyWh }) => sum + energyWh, 0n);
    expect(explained).toBe(nowWh - thenWh);
    expect(differences.map(({ reason }) => reason)).not.toContain("rest");
  });

  it("is not asked of the first purchase, nor of another unit's", async () => {
    const resident = await residentOf(shop.meter);
    const purchase = await findPurchase(resident, first);
    assert(purchase, "a resident sees what was bought");
    expect(await compareWithPrevious(resident, purchase)).toBeNull();
    const elsewhere = (await saleAt(NEXT_DAY, other)).purchaseId;
    const theirs = await findPurchase(other.scope, elsewhere);
    assert(theirs, "a sold purchase is found");
    expect(await compareWithPrevious(other.scope, theirs)).toBeNull();
  });
});

describe("a copy of a receipt", () => {
  it("is numbered without a gap when twelve ask at once, and each is in the trail", async () => {
    const scope = await staff("cashier");
    const asked = Array.from({ length: 12 }, () =>
      reprintPurchase(scope, { purchaseId: first, now: NEXT_DAY }),
    );
    const numbers = (await Promise.all(asked)).map((copy) => copy?.number ?? 0);
    const inOrder = Array.from({ length: 12 }, (_, index) => index + 1);
    expect(numbers.sort((one, next) => one - next)).toEqual(inOrder);
    const copies = await listReprints(scope, first);
    expect(copies.map(({ number }) => number)).toEqual(inOrder);
    expect(new Set(copies.map(({ byUser }) => byUser))).toEqual(new Set([scope.userId]));
    const { organizationId } = scope;
    const entries = await inScope(scope, (tx) =>
      tx.db.auditEntry.count({
        where: { organizationId, action: "purchase.reprinted", subjectId: first },
      }),
    );
    expect(entries).toBe(12);
  });

  it("is made of nothing without a token, and of nobody else's purchase", async () => {
    const away = (await openShop(signer.issuer, NOW)).meter;
    const theirs = (await saleAt(NEXT_DAY, away)).purchaseId;
    const scope = await staff("manager");
    const ask = (purchaseId: string, by = scope) =>
      reprintPurchase(by, { purchaseId, now: NEXT_DAY });
    expect(await ask(theirs)).toBeNull();
    expect(await ask(newId())).toBeNull();
    expect(await ask("' OR 1 = 1")).toBeNull();
    const limited: OrgScope = { ...scope, buildingIds: [] };
    expect(await ask(first, limited)).toBeNull();
    expect(await listReprints(limited, first)).toEqual([]);
    const sale = { meterId: shop.meter.meterId, amountText: "500", now: NEXT_DAY };
    const unpaid = await payFor(shop.meter.scope, sale, shop.tools);
    expect(await ask(unpaid.purchaseId)).toBeNull();
  });

  it("cannot be changed, taken back or given another number by the web", async () => {
    const scope = await staff("administrator");
    const { organizationId } = scope;
    const where = { organizationId, purchaseId: first };
    const change = inScope(scope, (tx) =>
      tx.db.purchaseReprint.updateMany({ where, data: { number: 99 } }),
    );
    await expect(change).rejects.toThrow();
    const removal = inScope(scope, (tx) => tx.db.purchaseReprint.deleteMany({ where }));
    await expect(removal).rejects.toThrow();
  });
});
