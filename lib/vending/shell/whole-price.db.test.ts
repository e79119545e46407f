import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callScoped, inScope } from "@/lib/access";
import { newId } from "@/lib/platform";
import { payFor, sell } from "@/prisma/seed/practice-sale";
import { recordOf, walletOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { addTariffVersion } from "@/prisma/seed/tariff-version";
import { auditPurchase, findPurchase, vendPurchase } from "..";

// 10 shillings for a kilowatt-hour and no tax, unless a test says otherwise; Nairobi is three hours
// ahead of UTC, so that July begins at nine in the evening of the 30th of June.
const NOW = new Date("2026-06-01T08:30:00Z");
const afterMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const END_OF_JUNE = new Date("2026-06-30T20:55:00Z");
const JULY = new Date("2026-06-30T21:05:00Z");
const NO_TAX = { tax: { code: "VAT", percent: "0" } };

let signer: SignerProcess;
let shop: Shop;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
});

const priced = (more: Readonly<Record<string, object>>, pricePerKwh = "10") =>
  addTariffVersion(shop.meter.flat, {
    pricePerKwh,
    startsAt: afterMinutes(1),
    more: { ...NO_TAX, ...more },
  });
const saleOf = (amountText: string, now: Date) => ({
  amountText,
  now,
  meterId: shop.meter.meterId,
});
const record = (purchaseId: string) => recordOf(shop.meter.scope, purchaseId);
const wallet = () => walletOf(shop.meter.scope, shop.meter.occupancyId);
const vend = (purchaseId: string, now: Date) =>
  vendPurchase(shop.meter.scope, { purchaseId, issuer: shop.tools.issuer, now });
const pay = (amountText: string, now: Date) =>
  payFor(shop.meter.scope, saleOf(amountText, now), shop.tools);

async function buy(amountText: string, now = afterMinutes(2)) {
  const { purchaseId } = await sell(shop.meter.scope, saleOf(amountText, now), shop.tools);
  expect(await auditPurchase(shop.meter.scope, purchaseId)).toEqual([]);
  return { purchaseId, ...(await record(purchaseId)) };
}

const linesOf = (sold: { readonly quotes: readonly { readonly lines: unknown }[] }) =>
  sold.quotes.at(-1)?.lines;

describe("steps", () => {
  const steps = [
    { upToKwh: "10", price: "10" },
    { upToKwh: null, price: "20" },
  ];

  it("go on from what was bought in the month, and begin anew with the next", async () => {
    await priced({ steps });
    const bought = [
      await buy("60"),
      await buy("60"),
      await buy("60", END_OF_JUNE),
      await buy("60", JULY),
    ];
    const energy = bought.map(({ quotes }) => quotes[0]?.energyWh);
    expect(energy).toEqual([6_000n, 5_000n, 3_000n, 6_000n]);
    expect(await wallet()).toMatchObject({ monthWh: 6_000n });
  });

  it("are walked anew where the month turned between price and token", async () => {
    await priced({ steps });
    await buy("100");
    const { purchaseId } = await pay("60", END_OF_JUNE);
    expect(await vend(purchaseId, JULY)).toBe("issued");
    const { quotes } = await record(purchaseId);
    expect(quotes.map(({ energyWh, monthBeforeWh }) => [energyWh, monthBeforeWh])).toEqual([
      [3_000n, 10_000n],
      [6_000n, 0n],
    ]);
  });

  it("are taken in turn by two who paid at once", async () => {
    await priced({ steps });
    const now = afterMinutes(3);
    const both = await Promise.all([pay("100", now), pay("100", now)]);
    await Promise.all(both.map(({ purchaseId }) => vend(purchaseId, now)));
    const records = await Promise.all(both.map(({ purchaseId }) => record(purchaseId)));
    const energy = records.map(({ quotes }) => quotes.at(-1)?.energyWh ?? 0n);
    expect(energy.toSorted((a, b) => Number(a - b))).toEqual([5_000n, 10_000n]);
  });
});

describe("a fixed charge", () => {
  const standing = {
    code: "standing",
    taxable: true,
    maxPercentOfPurchase: "50",
    amount: "30",
    per: "month",
    whenUnpaid: "accumulate",
  };

  it("is taken once a month, as far as its share allows, and the rest the next time", async () => {
    await priced({ fixed: [standing], tax: { code: "VAT", percent: "10" } });
    const first = await buy("40");
    expect(linesOf(first)).toEqual([
      { code: "fixed:standing", amountMinor: "1818" },
      { code: "tax", amountMinor: "364" },
      { code: "energy", amountMinor: "1818" },
    ]);
    const second = await buy("100");
    expect(linesOf(second)).toContainEqual({ code: "fixed:standing", amountMinor: "1182" });
    const third = await buy("100");
    expect(linesOf(third)).not.toContainEqual(expect.objectContaining({ code: "fixed:standing" }));
    const july = await buy("100", JULY);
    expect(linesOf(july)).toContainEqual({ code: "fixed:standing", amountMinor: "3000" });
    expect(first.balances).toEqual({
      provider_clearing: -4_000n,
      landlord_payable: 3_636n,
      tax_payable: 364n,
    });
  });

  it("is taken by one of two who paid at once", async () => {
    await priced({ fixed: [standing] });
    const now = afterMinutes(3);
    const both = await Promise.all([pay("100", now), pay("100", now)]);
    await Promise.all(both.map(({ purchaseId }) => vend(purchaseId, now)));
    const records = await Promise.all(both.map(({ purchaseId }) => record(purchaseId)));
    const taken = records.map((sold) => JSON.stringify(linesOf(sold)).includes("fixed:standing"));
    expect(taken.toSorted()).toEqual([false, true]);
  });
});

describe("levies and fees", () => {
  const levies = [
    { code: "fuel", perKwh: "5", taxable: true },
    { code: "rep", percentOf: "energy", percent: "10", taxable: false },
  ];

  it("go to their accounts, line by line", async () => {
    const fee = { percent: "2", fixed: "1", bearer: "resident" };
    await priced({ levies, fee });
    const sold = await buy("1000");
    expect(sold.balances).toMatchObject({
      provider_clearing: -100_000n,
      fee_income: 2_100n,
      landlord_payable: 97_900n,
    });
    const posted = sold.movements.map(({ credit, amountMinor }) => [credit, amountMinor]);
    expect(posted).toContainEqual(["landlord_payable", 61_187n]);
    expect(posted).toContainEqual(["landlord_payable", 30_594n]);
  });

  it("a fee that the landlord bears is no line, and comes off what the landlord gets", async () => {
    await priced({ fee: { percent: "2", fixed: "0", bearer: "owner" } });
    const sold = await buy("100");
    expect(linesOf(sold)).toEqual([{ code: "energy", amountMinor: "10000" }]);
    expect(sold.balances).toEqual({
      provider_clearing: -10_000n,
      landlord_payable: 9_800n,
      fee_income: 200n,
    });
  });
});

describe("arrears", () => {
  const terms = { arrears: { maxPercent: "30" } };

  it("come off by their share, are taken once by two at once, and end", async () => {
    await priced(terms);
    const leaseId = await leaseOf();
    await charge(leaseId, 5_000n);
    const now = afterMinutes(3);
    const both = await Promise.all([pay("100", now), pay("100", now)]);
    await Promise.all(both.map(({ purchaseId }) => vend(purchaseId, now)));
    const records = await Promise.all(both.map(({ purchaseId }) => record(purchaseId)));
    const taken = records.map(
      ({ balances }) => (balances as Readonly<Record<string, bigint>>).arrears_receivable,
    );
    expect(taken.toSorted((a, b) => Number((a ?? 0n) - (b ?? 0n)))).toEqual([2_000n, 3_000n]);
    expect(await owed(leaseId)).toBe(0n);
  });

  it("charged after the price was made are taken all the same", async () => {
    await priced(terms);
    const leaseId = await leaseOf();
    const { purchaseId } = await pay("100", afterMinutes(3));
    await charge(leaseId, 1_000n);
    expect(await vend(purchaseId, afterMinutes(3))).toBe("issued");
    const { quotes } = await record(purchaseId);
    expect(quotes.map(({ energyWh }) => energyWh)).toEqual([10_000n, 9_000n]);
    expect(await owed(leaseId)).toBe(0n);
  });
});

async function leaseOf(): Promise<string> {
  const { scope, unitId } = shop.meter;
  const { organizationId } = scope;
  const where = { organizationId, unitId };
  const lease = await inScope(scope, (tx) => tx.db.lease.findFirstOrThrow({ where }));
  return lease.id;
}

function charge(leaseId: string, amountMinor: bigint) {
  const charged = { id: newId(), leaseId, amountMinor, currency: "KES", note: "January" };
  return callScoped(shop.meter.scope, "arrears_charge", { ...charged, now: NOW });
}

async function owed(leaseId: string): Promise<bigint> {
  const { organizationId } = shop.meter.scope;
  const where = { organizationId_leaseId: { organizationId, leaseId } };
  const row = await inScope(shop.meter.scope, (tx) =>
    tx.db.leaseArrears.findUniqueOrThrow({ where }),
  );
  return row.dueMinor;
}

describe("money that was kept", () => {
  it("is spent first, beside what is paid", async () => {
    await priced({}, "7");
    const first = await buy("100");
    expect(first.quotes[0]?.energyWh).toBe(14_285n);
    expect(await wallet()).toMatchObject({ balanceMinor: 0n });
    await callScoped(shop.meter.scope, "payment_record", {
      ...(await doublePayment(first.purchaseId)),
      now: afterMinutes(4),
    });
    expect(await wallet()).toMatchObject({ balanceMinor: 10_000n });
    const second = await buy("40", afterMinutes(5));
    expect(second.quotes[0]).toMatchObject({ energyWh: 20_000n, walletMinor: 10_000n });
    expect(await wallet()).toMatchObject({ balanceMinor: 0n });
    expect(second.balances).toEqual({
      provider_clearing: -4_000n,
      wallet: -10_000n,
      landlord_payable: 14_000n,
    });
  });
});

/** The same checkout paid a second time, by other money. */
async function doublePayment(purchaseId: string) {
  const { organizationId } = shop.meter.scope;
  const attempt = await inScope(shop.meter.scope, (tx) =>
    tx.db.paymentAttempt.findFirstOrThrow({ where: { organizationId, purchaseId } }),
  );
  const { id: attemptId, amountMinor, currency } = attempt;
  const money = { amountMinor, currency, provider: "practice" };
  const id = newId();
  return { attemptId, ...money, providerReference: id, paymentId: id };
}

describe("more than one token can say", () => {
  it("is told by several, which add up, each with a token id of its own", async () => {
    await priced({}, "1");
    const sold = await buy("4000");
    const units = sold.reservations.map(({ amountUnits }) => amountUnits);
    expect(units).toEqual([16_383, 16_383, 7_234]);
    expect(sold.quotes[0]?.energyWh).toBe(4_000_000n);
    const minutes = sold.reservations.map(({ tokenIdMinutes }) => tokenIdMinutes);
    expect(new Set(minutes).size).toBe(minutes.length);
    expect(new Set(sold.digits).size).toBe(minutes.length);
    const view = await findPurchase(shop.meter.scope, sold.purchaseId);
    expect(view?.tokens).toEqual(sold.digits);
  });
});
