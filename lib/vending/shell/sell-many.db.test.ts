import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { callScopedMany, claimWork, completeAll } from "@/lib/access";
import { recordPayments } from "@/lib/payments";
import { payForMany } from "@/prisma/seed/practice-sales-many";
import { recordOf, walletOf } from "@/prisma/seed/purchase-record";
import { makeSellingMeter, type SellingMeter } from "@/prisma/seed/reservation";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { auditPurchases, openMany, type PricedSale, vendMany } from "..";

// 25 shillings for a kilowatt-hour and 16 % tax on top: 500 buy 17.241 kWh, a token of 172 steps,
// and 41 Wh are carried on; the second 500 make 172 steps of it again and carry 82.
const NOW = new Date("2026-06-01T08:30:00Z");
const SOLD = ["quoted", "awaiting_payment", "paid", "reserved", "issued"];
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

let signer: SignerProcess;
let shop: Shop;
let other: SellingMeter;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  const { flat } = shop.meter;
  other = await makeSellingMeter(flat, { vendingKeyId: shop.vendingKeyId, now: NOW });
});

function saleOf(meter: SellingMeter, now: Date, amountText = "500"): PricedSale {
  const { flat, unitId, meterId, installationId, occupancyId } = meter;
  const { buildingId, tariffVersionId } = flat;
  const place = { buildingId, unitId, meterId, installationId, occupancyId, leaseId: null };
  return { ...place, tariffVersionId, currency: "KES", amountText, now };
}

async function open(sales: readonly PricedSale[]) {
  const { scope, endpointId } = shop.meter;
  const { addressKey } = shop.tools;
  return openMany(scope, { sales, endpointId, addressKey });
}

async function pay(sales: readonly PricedSale[]) {
  const { scope, endpointId } = shop.meter;
  const opened = await open(sales);
  return { opened, ...(await payForMany(scope, { opened, endpointId })) };
}

async function sell(sales: readonly PricedSale[]) {
  const { scope } = shop.meter;
  const { opened } = await pay(sales);
  await vendMany(scope, { paid: opened, issuer: shop.tools.issuer });
  return opened.map(({ purchaseId }) => purchaseId);
}

it("goes the way of every purchase, and what is left over goes from one to the next", async () => {
  const { scope, occupancyId } = shop.meter;
  const sales = [saleOf(shop.meter, after(1)), saleOf(other, after(2))];
  const ids = await sell([...sales, saleOf(shop.meter, after(3))]);
  const records = await Promise.all(ids.map((id) => recordOf(scope, id)));
  for (const { life, digits, balances } of records) {
    expect(life).toEqual(SOLD);
    expect(digits[0]).toMatch(/^\d{20}$/);
    expect(Object.values(balances).reduce((sum, amount) => sum + amount, 0n)).toBe(0n);
  }
  expect(await walletOf(scope, occupancyId)).toMatchObject({ carriedWh: 82n });
  const minutes = records.map(({ reservations }) => reservations[0]?.tokenIdMinutes ?? 0);
  expect(minutes[2]).toBeGreaterThan(minutes[0] ?? 0);
  expect(records[0]?.receiptNumber).toBe(1n);
  expect(await auditPurchases(scope, ids)).toEqual(new Map());
});

it("two of one minute have two token ids", async () => {
  const ids = await sell([saleOf(shop.meter, NOW), saleOf(shop.meter, NOW)]);
  const records = await Promise.all(ids.map((id) => recordOf(shop.meter.scope, id)));
  const minutes = records.map(({ reservations }) => reservations[0]?.tokenIdMinutes);
  expect(new Set(minutes).size).toBe(2);
});

it("money booked once is known the second time, and vending again is refused", async () => {
  const { scope } = shop.meter;
  const { opened, payments, recorded } = await pay([saleOf(shop.meter, NOW)]);
  expect(recorded).toMatchObject([{ outcome: "paid" }]);
  expect(await recordPayments(scope, payments)).toMatchObject([{ outcome: "known" }]);
  const { issuer } = shop.tools;
  await vendMany(scope, { paid: opened, issuer });
  await expect(vendMany(scope, { paid: opened, issuer })).rejects.toThrow();
});

it("a price on a basis that has changed makes no token", async () => {
  const { scope } = shop.meter;
  const first = await pay([saleOf(shop.meter, NOW)]);
  const { opened } = await pay([saleOf(shop.meter, after(5))]);
  await vendMany(scope, { paid: first.opened, issuer: shop.tools.issuer });
  await expect(vendMany(scope, { paid: opened, issuer: shop.tools.issuer })).rejects.toThrow();
  expect((await recordOf(scope, opened[0]?.purchaseId ?? "")).status).toBe("paid");
});

it("where one call throws, none has happened", async () => {
  const { scope } = shop.meter;
  const opened = await open([saleOf(shop.meter, NOW)]);
  const purchaseId = opened[0]?.purchaseId ?? "";
  const close = (id: string) => ({ purchaseId: id, to: "expired", reason: "no money", now: NOW });
  const nobody = "00000000-0000-7000-8000-000000000000";
  const many = [close(purchaseId), close(nobody)];
  await expect(callScopedMany(scope, "purchase_close", many)).rejects.toThrow();
  expect((await recordOf(scope, purchaseId)).status).toBe("awaiting_payment");
});

it("the audit of many finds the one that is wrong, and one that is not there", async () => {
  const { scope } = shop.meter;
  const ids = await sell([saleOf(shop.meter, after(1)), saleOf(other, after(1))]);
  const text = `UPDATE ledger_transfer SET amount_minor = amount_minor + 1
    WHERE correlation_id = $1 AND reason = 'sale.energy'`;
  await writeAsOwner("ledger_transfer", text, [ids[1]]);
  const nobody = "00000000-0000-7000-8000-000000000000";
  const findings = await auditPurchases(scope, [...ids, nobody]);
  expect([...findings]).toEqual([
    [ids[1], ["money-left-in-between"]],
    [nobody, ["purchase-not-found"]],
  ]);
});

it("work that is done is gone, and what was planned anew meanwhile is not", async () => {
  const ids = await sell([saleOf(shop.meter, after(1)), saleOf(other, after(1))]);
  const later = after(60);
  const mine = (await claimWork("outbox", later, 10_000)).filter(({ subjectId }) =>
    ids.includes(subjectId),
  );
  expect(mine).toHaveLength(2);
  const [first, second] = mine;
  if (!first || !second) return;
  await completeAll("outbox", [first, { ...second, attempts: second.attempts - 1 }]);
  const left = await claimWork("outbox", after(120), 10_000);
  const subjects = left.map(({ subjectId }) => subjectId).filter((id) => ids.includes(id));
  expect(subjects).toEqual([second.subjectId]);
});
