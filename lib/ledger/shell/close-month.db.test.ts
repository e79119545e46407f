import { beforeEach, expect, it } from "vitest";
import { callScoped, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makeMember } from "@/prisma/seed/member";
import { makeSellingMeter, reserveTokenSet, type SellingMeter } from "@/prisma/seed/reservation";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import { makeIssuedSale } from "@/prisma/seed/roles/issued-sale";
import { closeMonth, listMonths, listTrialBalance, reopenMonth, verifyMonth } from "..";

const MAY = new Date("2026-05-20T08:00:00Z");
const JUNE = new Date("2026-06-20T08:00:00Z");
const NOW = new Date("2026-07-02T08:00:00Z");

let flat: Flat;
let meter: SellingMeter;
let office: OrgScope;

beforeEach(async () => {
  flat = await makeFlat(MAY);
  meter = await makeSellingMeter(flat, { vendingKeyId: flat.vendingKeyId, now: MAY });
  office = await makeMember(flat.scope.organizationId, { role: "accountant", now: MAY });
  await makeIssuedSale(meter, { tokenUnits: 10, now: MAY });
  await makeIssuedSale(meter, { tokenUnits: 20, now: JUNE });
});

const close = (month: string, { leaveOpen = false, now = NOW } = {}) =>
  closeMonth(office, { month, leaveOpen, now });
const reopen = (month: string, reason = "a sale was booked to the wrong flat") =>
  reopenMonth(office, { month, reason, now: NOW });
const charge = (now: Date) => {
  const { leaseId } = flat;
  const args = { id: newId(), leaseId, amountMinor: "5", note: "", now };
  return callScoped(flat.scope, "arrears_charge", args);
};
const months = () => listMonths(office, { today: "2026-07-02", now: NOW, most: 24 });
const statesNow = async () => (await months()).map(({ month, state }) => [month, state]);

it("closes month after month, and nothing of a closed one is posted any more", async () => {
  expect(await close("2026-06", { now: JUNE })).toMatchObject({ error: { code: "not-over" } });
  expect(await close("2026-05")).toMatchObject({ ok: true });
  expect(await close("2026-05")).toMatchObject({ error: { code: "closed-already" } });
  expect(await close("2026-04")).toMatchObject({ error: { code: "closed-already" } });
  expect(await statesNow()).toEqual([
    ["2026-07", "running"],
    ["2026-06", "over"],
    ["2026-05", "closed"],
  ]);
  await expect(charge(MAY)).rejects.toThrow("is closed");
  await expect(charge(new Date("2025-01-01T00:00:00Z"))).rejects.toThrow("is closed");
  await expect(makeIssuedSale(meter, { tokenUnits: 1, now: MAY })).rejects.toThrow("is closed");
  expect(await charge(JUNE)).toMatchObject({ outcome: "posted" });
});

it("ends at midnight where the building is, and not in UTC", async () => {
  expect((await close("2026-05")).ok).toBe(true);
  // Midnight in Nairobi is nine in the evening in UTC.
  await expect(charge(new Date("2026-05-31T20:59:59.999Z"))).rejects.toThrow("is closed");
  expect(await charge(new Date("2026-05-31T21:00:00Z"))).toMatchObject({ outcome: "posted" });
});

it("skips no month", async () => {
  expect((await close("2026-05")).ok).toBe(true);
  expect(await close("2026-07", { now: new Date("2026-09-01T00:00:00Z") })).toMatchObject({
    error: { code: "not-the-next" },
  });
});

it("asked for by eight at once is closed once", async () => {
  const many = await Promise.all(Array.from({ length: 8 }, () => close("2026-05")));
  expect(many.filter(({ ok }) => ok)).toHaveLength(1);
  const closes = await inScope(office, (tx) => tx.db.ledgerClose.count());
  expect(closes).toBe(1);
});

it("names money that is still on its way, and leaves it open only where that is said", async () => {
  const other = await makeSellingMeter(flat, { vendingKeyId: flat.vendingKeyId, now: MAY });
  await reserveTokenSet(other, { tokenUnits: 7, randomNibble: 1, now: MAY });
  const open = [{ account: "vend_pending", currency: "KES", count: 1, amountMinor: 700n }];
  expect(await close("2026-05")).toEqual({ ok: false, error: { code: "not-settled", open } });
  expect(await close("2026-05", { leaveOpen: true })).toEqual({ ok: true, value: open });
});

it("says the same balances as before, from the closed month and what came after", async () => {
  const ask = { buildingId: null, dayAfter: "2026-07-03" } as const;
  const before = await listTrialBalance(office, ask);
  expect((await close("2026-05")).ok).toBe(true);
  expect(await listTrialBalance(office, ask)).toEqual(before);
  expect((await close("2026-06")).ok).toBe(true);
  expect(await listTrialBalance(office, ask)).toEqual(before);
  const { buildingId } = flat;
  expect(await listTrialBalance(office, { ...ask, buildingId })).toEqual(before);
  const atMay = await listTrialBalance(office, { ...ask, dayAfter: "2026-06-01" });
  expect(atMay.map(({ balanceMinor }) => balanceMinor)).toEqual([-1_000n, 1_000n]);
});

it("is opened again by its name and for a reason, the last one only", async () => {
  await close("2026-05");
  await close("2026-06");
  expect(await reopen("2026-05")).toMatchObject({ error: "not-the-last" });
  expect(await reopen("2026-06", "  ")).toMatchObject({ error: "no-reason" });
  const both = await Promise.all([reopen("2026-06"), reopen("2026-06")]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await charge(JUNE)).toMatchObject({ outcome: "posted" });
  expect((await close("2026-06")).ok).toBe(true);
  expect((await months())[1]).toMatchObject({ month: "2026-06", state: "closed", reopened: 1 });
  const trail = await inScope(office, (tx) =>
    tx.db.auditEntry.findMany({
      where: { action: { startsWith: "ledger." } },
      select: { action: true },
      orderBy: { id: "asc" },
    }),
  );
  const acts = trail.map(({ action }) => action.slice(7)).sort();
  expect(acts).toEqual(["closed", "closed", "closed", "reopened"]);
});

it("notices a changed amount in a closed month", async () => {
  await close("2026-05");
  expect(await verifyMonth(office, "2026-05")).toBe("unchanged");
  expect(await verifyMonth(office, "2026-06")).toBe("not-closed");
  const text = `UPDATE ledger_transfer SET amount_minor = amount_minor + 1
    WHERE organization_id = $1 AND at = $2 AND reason = 'sale.energy'`;
  await writeAsOwner("ledger_transfer", text, [office.organizationId, MAY]);
  expect(await verifyMonth(office, "2026-05")).toBe("changed");
});

it("closed while its last second is still posted has each posting in it or refused", async () => {
  const last = new Date("2026-05-31T20:59:59Z");
  const posting = Array.from({ length: 24 }, () => charge(last));
  const [closed, ...posted] = await Promise.allSettled([close("2026-05"), ...posting]);
  expect(closed).toMatchObject({ status: "fulfilled", value: { ok: true } });
  const through = posted.filter(({ status }) => status === "fulfilled").length;
  const balances = await listTrialBalance(office, { buildingId: null, dayAfter: "2026-06-01" });
  const due = balances.find(({ account }) => account === "arrears_receivable");
  expect(due?.balanceMinor ?? 0n).toBe(-5n * BigInt(through));
  expect(await verifyMonth(office, "2026-05")).toBe("unchanged");
});

it("of another organization is nobody else's", async () => {
  const stranger = await makeFlat(MAY);
  const { organizationId } = stranger.scope;
  const other = await makeMember(organizationId, { role: "administrator", now: MAY });
  await close("2026-05");
  expect(await listMonths(other, { today: "2026-07-02", now: NOW, most: 24 })).toEqual([]);
  expect(await reopenMonth(other, { month: "2026-05", reason: "x", now: NOW })).toMatchObject({
    error: "not-the-last",
  });
  expect(await verifyMonth(other, "2026-05")).toBe("not-closed");
});
