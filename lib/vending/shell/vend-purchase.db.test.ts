import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callScoped, systemScope } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { askProvider } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { signerPool, workerPool } from "@/lib/platform/databases";
import { setMeterStatus } from "@/lib/property";
import { signerClient } from "@/lib/signer";
import { decodeToken, SecretKey } from "@/lib/sts";
import { approve, goToPay, payFor, sell } from "@/prisma/seed/practice-sale";
import { recordOf, walletOf } from "@/prisma/seed/purchase-record";
import { makeSellingMeter, type SellingMeter } from "@/prisma/seed/reservation";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { addTariffVersion } from "@/prisma/seed/tariff-version";
import {
  auditPurchase,
  expirePurchase,
  findPurchase,
  listPurchaseEvents,
  refundPurchase,
  vendPurchase,
} from "..";
import { receiptSeries } from "../core/purchase-address";

// 25 shillings for a kilowatt-hour and 16 % tax on top. 500 shillings buy 17.241 kWh for 499.99,
// a token of 172 steps of 0.1 kWh, and 41 Wh are carried on.
const NOW = new Date("2026-06-01T08:30:00Z");
const afterSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const SOLD = ["quoted", "awaiting_payment", "paid", "reserved", "issued"];

let signer: SignerProcess;
let shop: Shop;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
});

type Wish = { readonly amountText?: string; readonly now?: Date; readonly meter?: SellingMeter };
const saleOf = ({ amountText = "500", now = NOW, meter = shop.meter }: Wish) => {
  return { amountText, now, meterId: meter.meterId };
};
const sale = (wish: Wish = {}) => sell(shop.meter.scope, saleOf(wish), shop.tools);
const paid = (wish: Wish = {}) => payFor(shop.meter.scope, saleOf(wish), shop.tools);
const vend = (purchaseId: string, now = NOW, { scope } = shop.meter) =>
  vendPurchase(scope, { purchaseId, issuer: shop.tools.issuer, now });
const record = (purchaseId: string) => recordOf(shop.meter.scope, purchaseId);
const wallet = () => walletOf(shop.meter.scope, shop.meter.occupancyId);
const times = <T>(count: number, work: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => work(index));

async function nextStepOf(purchaseId: string): Promise<readonly string[]> {
  const step = (table: string) =>
    `SELECT '${table} ' || kind AS step FROM ${table} WHERE subject_id = $1`;
  const text = `${step("outbox")} UNION ALL ${step("due_work")}`;
  const found = await workerPool().query<{ readonly step: string }>(text, [purchaseId]);
  return found.rows.map((row) => row.step);
}

async function journalOf(tokenSetId: string | null): Promise<readonly string[]> {
  const text = "SELECT outcome FROM journal_entry WHERE token_set_id = $1";
  const found = await signerPool().query<{ readonly outcome: string }>(text, [tokenSetId]);
  return found.rows.map(({ outcome }) => outcome);
}

describe("a sale", () => {
  it("goes from price to token: its money adds up and its events are in order", async () => {
    const { purchaseId, status } = await sale();
    expect(status).toBe("issued");
    const sold = await record(purchaseId);
    expect(sold).toMatchObject({ status, life: SOLD, sequences: [1, 2, 3, 4, 5] });
    expect(sold.payments).toEqual([{ status: "applied" }]);
    expect(sold.balances).toEqual({
      provider_clearing: -50_000n,
      landlord_payable: 43_103n,
      tax_payable: 6_896n,
      wallet: 1n,
    });
    expect(await wallet()).toMatchObject({ balanceMinor: 1n, carriedWh: 41n });
    expect(sold.digits).toEqual([expect.stringMatching(/^\d{20}$/)]);
    expect(await journalOf(sold.tokenSetId)).toEqual(["issued"]);
    expect(await nextStepOf(purchaseId)).toEqual(["outbox purchase.issued"]);
    expect(await auditPurchase(shop.meter.scope, purchaseId)).toEqual([]);
  });

  it("gives a token that its meter reads as what the quote said", async () => {
    const { purchaseId } = await sale();
    const { digits, reservations } = await record(purchaseId);
    const { scope, meterId } = shop.meter;
    const { organizationId } = scope;
    const { decoderKeyHex } = await shop.tools.issuer.manufacture({ organizationId, meterId });
    const decoderKey = new SecretKey(Buffer.from(decoderKeyHex, "hex"));
    expect(decodeToken(digits[0] ?? "", decoderKey)).toMatchObject({
      ok: true,
      value: { units: 172n, tokenIdMinutes: reservations[0]?.tokenIdMinutes },
    });
  });

  it("asked for again, or by sixteen at once, has the same 20 digits and one entry", async () => {
    const { purchaseId } = await paid();
    const states = await Promise.all(times(16, () => vend(purchaseId)));
    expect(new Set(states)).toEqual(new Set(["issued"]));
    const first = await record(purchaseId);
    expect(await vend(purchaseId, afterSeconds(600))).toBe("issued");
    expect(await record(purchaseId)).toEqual(first);
    expect(await journalOf(first.tokenSetId)).toEqual(["issued"]);
    expect(first.life).toEqual(SOLD);
  });

  it("without its signer stays reserved, and has its token when somebody asks again", async () => {
    const { purchaseId } = await paid();
    const issuer = signerClient("/nonexistent/signer.sock");
    const { scope } = shop.meter;
    await expect(vendPurchase(scope, { purchaseId, issuer, now: NOW })).rejects.toThrow("away");
    const waiting = await record(purchaseId);
    expect(waiting).toMatchObject({ status: "reserved", digits: [], receiptNumber: null });
    expect(waiting.balances).toEqual({ provider_clearing: -50_000n, vend_pending: 50_000n });
    expect(await nextStepOf(purchaseId)).toEqual(["outbox purchase.issue"]);
    expect(await vend(purchaseId, afterSeconds(5))).toBe("issued");
    const { reservations } = await record(purchaseId);
    expect(reservations[0]).toMatchObject(waiting.reservations[0] ? { amountUnits: 172 } : {});
    expect(reservations[0]?.tokenIdMinutes).toBe(waiting.reservations[0]?.tokenIdMinutes);
  });
});

describe("many sales", () => {
  it("sixteen at once in one lane take receipt numbers without a gap or a double", async () => {
    const lane = receiptSeries("W", shop.meter.meterId);
    const { flat } = shop.meter;
    let beside = shop.meter;
    for (let tries = 0; tries < 400 && beside === shop.meter; tries += 1) {
      const made = await makeSellingMeter(flat, { vendingKeyId: shop.vendingKeyId, now: NOW });
      if (receiptSeries("W", made.meterId) === lane) beside = made;
    }
    const meters = [shop.meter, beside];
    const sales = await Promise.all(
      times(16, (index) => sale({ meter: meters[index % 2] ?? beside })),
    );
    const records = await Promise.all(sales.map(({ purchaseId }) => record(purchaseId)));
    expect(new Set(records.map((sold) => sold.receiptSeries))).toEqual(new Set([lane]));
    const numbers = records.map((sold) => Number(sold.receiptNumber)).sort((a, b) => a - b);
    expect(numbers).toEqual(times(16, (index) => index + 1));
  }, 40_000);

  it("sixty buyers of a minute have rising TIDs; the rest stay paid and come later", async () => {
    // A kilowatt-hour each, so that nothing is carried and no price is made anew.
    const bought = await Promise.all(times(63, () => paid({ amountText: "29" })));
    const statuses = await Promise.all(bought.map(({ purchaseId }) => vend(purchaseId)));
    expect(statuses.filter((status) => status === "issued")).toHaveLength(60);
    expect(statuses.filter((status) => status === "paid")).toHaveLength(3);
    const records = await Promise.all(bought.map(({ purchaseId }) => record(purchaseId)));
    const tokenIds = records.flatMap(({ reservations }) =>
      reservations.map(({ tokenIdMinutes }) => tokenIdMinutes),
    );
    expect(new Set(tokenIds).size).toBe(60);
    expect(Math.max(...tokenIds) - Math.min(...tokenIds)).toBe(59);
    const waiting = bought.filter((_, index) => statuses[index] === "paid");
    for (const { purchaseId } of waiting) {
      expect(await nextStepOf(purchaseId)).toEqual(["due_work purchase.vend"]);
      expect((await record(purchaseId)).payments).toEqual([{ status: "matched" }]);
    }
    const [next] = waiting;
    assert(next, "somebody waits");
    expect(await vend(next.purchaseId, afterSeconds(60))).toBe("issued");
    const [last] = (await record(next.purchaseId)).reservations;
    expect(last?.tokenIdMinutes).toBe(Math.max(...tokenIds) + 1);
  }, 60_000);

  it("never take the minute that is reserved, a minute after midnight of each day", async () => {
    const midnight = new Date("2026-06-02T00:00:00Z");
    const sales = await Promise.all(times(4, () => sale({ now: midnight })));
    const records = await Promise.all(sales.map(({ purchaseId }) => record(purchaseId)));
    const minutes = records.map(
      ({ reservations }) => (reservations[0]?.tokenIdMinutes ?? 0) % 1440,
    );
    expect(minutes.sort((a, b) => a - b)).toEqual([0, 2, 3, 4]);
  });
});

describe("a price made on a basis that has changed", () => {
  it("is made anew at its own version, and no watt-hour is lost or given twice", async () => {
    const bought = await Promise.all(times(8, () => paid()));
    await addTariffVersion(shop.meter.flat, { pricePerKwh: "50", startsAt: afterSeconds(1) });
    const later = afterSeconds(30);
    const states = await Promise.all(bought.map(({ purchaseId }) => vend(purchaseId, later)));
    expect(new Set(states)).toEqual(new Set(["issued"]));
    const records = await Promise.all(bought.map(({ purchaseId }) => record(purchaseId)));
    const units = records.flatMap(({ reservations }) => reservations[0]?.amountUnits ?? 0);
    const tokensWh = BigInt(units.reduce((sum, each) => sum + each, 0)) * 100n;
    const { carriedWh, balanceMinor } = await wallet();
    // What one leaves unspent the next spends first: 4,000 shillings at 2.9 cents a watt-hour.
    expect(tokensWh + carriedWh).toBe(137_930n);
    expect(balanceMinor).toBe(2n);
    expect(carriedWh < 100n).toBe(true);
    const { tariffVersionId } = shop.meter.flat;
    const versions = records.flatMap(({ quotes }) => quotes.map((one) => one.tariffVersionId));
    expect(new Set(versions)).toEqual(new Set([tariffVersionId]));
    const views = bought.map(({ purchaseId }) => findPurchase(shop.meter.scope, purchaseId));
    const repriced = (await Promise.all(views)).filter((view) => view?.isRepriced);
    expect(repriced).toHaveLength(7);
    for (const { purchaseId } of bought) {
      expect(await auditPurchase(shop.meter.scope, purchaseId)).toEqual([]);
    }
  });

  it("goes back as money where the amount buys no token any more", async () => {
    // 2.90 buys 0.1 kWh alone; with 50 Wh carried 1.45 does too, but then nothing is carried.
    await sale({ amountText: "4.35" });
    expect(await wallet()).toMatchObject({ carriedWh: 50n });
    const [first, second] = await Promise.all([
      paid({ amountText: "1.45" }),
      paid({ amountText: "1.45" }),
    ]);
    expect(await vend(first.purchaseId)).toBe("issued");
    expect(await vend(second.purchaseId)).toBe("refund_due");
    expect(await record(second.purchaseId)).toMatchObject({
      life: ["quoted", "awaiting_payment", "paid", "refund_due"],
      payments: [{ status: "refunding" }],
      balances: { provider_clearing: -145n, refunds_payable: 145n },
    });
    expect(await wallet()).toMatchObject({ carriedWh: 0n });
  });
});

describe("late money", () => {
  it("for an expired quote is priced at the version in force when it comes", async () => {
    const { purchaseId, checkoutPath } = await goToPay(shop.meter.scope, saleOf({}), shop.tools);
    const { scope, flat } = shop.meter;
    const { provider } = shop.tools;
    const later = afterSeconds(3_600);
    expect(await expirePurchase(scope, { purchaseId, now: afterSeconds(901) })).toBe("expired");
    const inForce = await addTariffVersion(flat, { pricePerKwh: "50", startsAt: afterSeconds(60) });
    await addTariffVersion(flat, { pricePerKwh: "99", startsAt: afterSeconds(7_200) });
    await approve(checkoutPath, later);
    await askProvider(scope, { purchaseId, provider, now: later });
    expect(await vend(purchaseId, later)).toBe("issued");
    const sold = await record(purchaseId);
    expect(sold.life).toEqual(["quoted", "awaiting_payment", "expired", ...SOLD.slice(2)]);
    expect(sold.quotes.map(({ tariffVersionId }) => tariffVersionId)).toEqual([
      flat.tariffVersionId,
      inForce,
    ]);
    // 8.620 kWh at 50 shillings and 16 %.
    expect(sold.reservations).toMatchObject([{ amountUnits: 86 }]);
    expect(await auditPurchase(scope, purchaseId)).toEqual([]);
  });

  it("a token that is merely made late keeps the price that was paid", async () => {
    const { purchaseId } = await paid();
    await addTariffVersion(shop.meter.flat, { pricePerKwh: "50", startsAt: afterSeconds(60) });
    expect(await vend(purchaseId, afterSeconds(7_200))).toBe("issued");
    const sold = await record(purchaseId);
    expect(sold.quotes).toHaveLength(1);
    expect(sold.reservations).toMatchObject([{ amountUnits: 172 }]);
  });
});

describe("money for which no token can be had", () => {
  it("goes back when the meter was blocked after the payment, and the ledger is even", async () => {
    const { purchaseId } = await paid();
    const { scope, meterId } = shop.meter;
    await setMeterStatus(scope, meterId, "blocked", NOW);
    const states = await Promise.all(times(4, () => vend(purchaseId)));
    expect(new Set(states)).toEqual(new Set(["refund_due"]));
    expect(await nextStepOf(purchaseId)).toEqual(["due_work payment.refund"]);
    const { provider } = shop.tools;
    const refunds = times(4, () => refundPurchase(scope, { purchaseId, provider, now: NOW }));
    expect(await Promise.all(refunds)).toEqual([true, true, true, true]);
    const ended = await record(purchaseId);
    expect(ended).toMatchObject({
      life: ["quoted", "awaiting_payment", "paid", "refund_due", "refunded"],
      payments: [{ status: "refunded" }],
      balances: {},
      digits: [],
    });
    expect(ended.movements).toHaveLength(3);
    expect(await nextStepOf(purchaseId)).toEqual([]);
    expect(await auditPurchase(scope, purchaseId)).toEqual([]);
    // Unblocked too late: what has been given up is not taken up again.
    await setMeterStatus(scope, meterId, "active", NOW);
    expect(await vend(purchaseId)).toBe("refunded");
  });

  it("goes back when the signer put its refusal on record, with what was carried", async () => {
    await sale();
    const { purchaseId } = await paid();
    const { meterId } = shop.meter;
    // DES meters (EA07) can be registered; this signer makes no tokens for them.
    const text = "UPDATE meter SET encryption_algorithm = 7 WHERE id = $1";
    await writeAsOwner("meter", text, [meterId]);
    expect(await vend(purchaseId)).toBe("refund_due");
    const ended = await record(purchaseId);
    expect(ended.life.slice(3)).toEqual(["reserved", "in_doubt", "refund_due"]);
    expect(ended.balances).toEqual({ provider_clearing: -50_000n, refunds_payable: 50_000n });
    expect(await journalOf(ended.tokenSetId)).toEqual(["refused"]);
    expect(await wallet()).toMatchObject({ carriedWh: 41n });
  });
});

describe("the database itself refuses", () => {
  async function reserved() {
    const { purchaseId } = await paid();
    const issuer = signerClient("/nonexistent/signer.sock");
    const { scope } = shop.meter;
    await expect(vendPurchase(scope, { purchaseId, issuer, now: NOW })).rejects.toThrow("away");
    return purchaseId;
  }

  it("to finish with a token that the journal does not know", async () => {
    const purchaseId = await reserved();
    const before = await record(purchaseId);
    const tokens = [{ position: 1, digits: "12345678901234567890" }];
    const finish = { purchaseId, tokens, receiptSeries: "W0", now: NOW };
    const finished = callScoped(shop.meter.scope, "vend_finish", finish);
    await expect(finished).rejects.toThrow("the journal does not know");
    expect(await record(purchaseId)).toEqual(before);
  });

  it("to give up a reserved purchase whose token may exist", async () => {
    const purchaseId = await reserved();
    const before = await record(purchaseId);
    const giveUp = { purchaseId, reason: "somebody wishes so", now: NOW };
    const givenUp = callScoped(shop.meter.scope, "vend_give_up", giveUp);
    await expect(givenUp).rejects.toThrow("its token may exist");
    expect(await record(purchaseId)).toEqual(before);
    expect(await vend(purchaseId)).toBe("issued");
  });

  it("another organization to read, vend, finish, refund or audit a purchase", async () => {
    const purchaseId = await reserved();
    const before = await record(purchaseId);
    const away = (await openShop(signer.issuer, NOW)).meter;
    const { scope } = away;
    expect(await findPurchase(scope, purchaseId)).toBeNull();
    expect(await listPurchaseEvents(scope, purchaseId)).toEqual([]);
    expect(await auditPurchase(scope, purchaseId)).toEqual(["purchase-not-found"]);
    await expect(vend(purchaseId, NOW, away)).rejects.toThrow();
    const { provider } = shop.tools;
    expect(await refundPurchase(scope, { purchaseId, provider, now: NOW })).toBe(false);
    const digits = "12345678901234567890";
    const args = {
      purchaseId,
      tokenSetId: newId(),
      randomNibble: 1,
      tokens: [{ position: 1, digits }],
      receiptSeries: "W0",
      to: "expired",
      reason: "a stranger",
      now: NOW,
    };
    const steps = ["vend_reserve", "vend_finish", "vend_give_up", "purchase_close"] as const;
    for (const step of steps) await expect(callScoped(scope, step, args)).rejects.toThrow();
    await expect(callScoped(scope, "payment_refunded", args)).rejects.toThrow();
    expect(await record(purchaseId)).toEqual(before);
    const nobody = systemScope(newId(), "test");
    await expect(callScoped(nobody, "vend_reserve", args)).rejects.toThrow();
    expect(await vend(purchaseId)).toBe("issued");
  });
});
