import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { balancesOf, listMovementsOf } from "@/lib/ledger";
import { listCases, recordPayment } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { setMeterStatus } from "@/lib/property";
import { makeMember } from "@/prisma/seed/member";
import { recordOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { auditPurchase, sellFromCase, vendPurchase } from "..";

// Money came for an account that no meter has; somebody finds out which meter it was for.

const NOW = new Date("2026-06-01T08:30:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

let signer: SignerProcess;
let shop: Shop;
let staff: OrgScope;
let caseId: string;
let paymentId: string;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  const { organizationId } = shop.meter.scope;
  staff = await makeMember(organizationId, { role: "administrator", now: NOW });
  ({ caseId, paymentId } = await money());
});

async function money(change: { readonly amountMinor?: bigint; readonly currency?: string } = {}) {
  const providerReference = newId();
  const booked = await recordPayment(shop.meter.scope, {
    ...{ provider: "mpesa", providerReference, endpointId: newId(), account: "B-204", now: NOW },
    ...{ amountMinor: 50_000n, currency: "KES", why: "meter-not-found", ...change },
  });
  assert(booked.outcome === "unmatched", "it fits no purchase");
  const cases = await listCases(staff, { take: 50 });
  const one = cases.find((waiting) => waiting.providerReference === providerReference);
  assert(one, "it waits for a person");
  return { caseId: one.id, paymentId: booked.paymentId };
}

const sell = (
  now = NOW,
  change: { readonly caseId?: string; readonly meterNumber?: string } = {},
) =>
  sellFromCase(staff, {
    ...{ caseId, meterNumber: shop.meter.meterNumber, addressKey: shop.tools.addressKey, now },
    ...change,
  });
const vend = (purchaseId: string, now = NOW) =>
  vendPurchase(shop.meter.scope, { purchaseId, issuer: signer.issuer, now });
const balances = () =>
  inScope(shop.meter.scope, async (tx) => balancesOf(await listMovementsOf(tx, paymentId)));
const stateOf = () =>
  inScope(shop.meter.scope, (tx) =>
    tx.db.payment.findFirstOrThrow({
      where: { organizationId: shop.meter.scope.organizationId, id: paymentId },
      select: { status: true, purchaseId: true },
    }),
  );

describe("money that waits", () => {
  it("buys once for the meter that somebody names, however many do at once", async () => {
    const sales = await Promise.all([1, 2, 3, 4].map(() => sell()));
    const [sold, ...more] = sales.filter(({ ok }) => ok);
    assert(sold?.ok, "one of them bought");
    expect(more).toEqual([]);
    const { purchaseId } = sold.value;
    expect(await vend(purchaseId)).toBe("issued");
    expect(await auditPurchase(shop.meter.scope, purchaseId)).toEqual([]);
    expect(await stateOf()).toEqual({ status: "applied", purchaseId });
    expect((await balances()).get("suspense") ?? 0n).toBe(0n);
    expect((await recordOf(shop.meter.scope, purchaseId)).digits).toHaveLength(1);
    expect(await sell()).toEqual({ ok: false, error: "already-decided" });
  });

  it("buys at the price of then when the first try was cut off", async () => {
    const { scope, meterId, meterNumber } = shop.meter;
    await setMeterStatus(staff, meterId, "blocked", NOW);
    expect(await sell()).toEqual({ ok: false, error: "no-sale" });
    expect(await stateOf()).toMatchObject({ status: "received" });
    await setMeterStatus(staff, meterId, "active", NOW);
    const sold = await sell(later(60), {
      meterNumber: ` ${meterNumber.slice(0, 4)}-${meterNumber.slice(4)}`,
    });
    assert(sold.ok, "the meter is sold for again");
    expect(await vend(sold.value.purchaseId, later(120))).toBe("issued");
    expect(await auditPurchase(scope, sold.value.purchaseId)).toEqual([]);
  });

  it("goes back to a person when the meter is blocked before its token", async () => {
    const sold = await sell();
    assert(sold.ok, "it is sold");
    await setMeterStatus(staff, shop.meter.meterId, "blocked", NOW);
    expect(await vend(sold.value.purchaseId)).toBe("refund_due");
    expect(await stateOf()).toMatchObject({ status: "refunding" });
  });

  it.each([
    ["a meter nobody has", { meterNumber: "01000000017" }, "meter-not-found"],
    ["no meter", { meterNumber: "" }, "meter-not-found"],
    ["a case nobody has", { caseId: "0" }, "case-not-found"],
    ["another case", { caseId: newId() }, "case-not-found"],
  ])("stays for %s", async (_what, change, error) => {
    expect(await sell(NOW, change)).toEqual({ ok: false, error });
    expect(await stateOf()).toEqual({ status: "received", purchaseId: null });
  });

  it("stays when it is another currency, or too little for the smallest sale", async () => {
    const dollars = await money({ currency: "USD" });
    expect(await sell(NOW, dollars)).toEqual({ ok: false, error: "other-currency" });
    const cent = await money({ amountMinor: 1n });
    expect(await sell(NOW, cent)).toEqual({ ok: false, error: "no-sale" });
  });

  it("is nobody else's to spend", async () => {
    const other = await openShop(signer.issuer, NOW);
    const { organizationId } = other.meter.scope;
    const stranger = await makeMember(organizationId, { role: "administrator", now: NOW });
    const { meterNumber } = other.meter;
    const { addressKey } = other.tools;
    const sale = { caseId, meterNumber, addressKey, now: NOW };
    expect(await sellFromCase(stranger, sale)).toEqual({ ok: false, error: "case-not-found" });
  });
});
