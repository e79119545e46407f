import { beforeAll, describe, expect, it } from "vitest";
import { callScoped, decideInstallationMode, inScope } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { createEndpoint, findAttemptOf, type PaymentProvider, recordPayment } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { setMeterStatus } from "@/lib/property";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { recordOf, walletOf } from "@/prisma/seed/purchase-record";
import { addTariffVersion } from "@/prisma/seed/tariff-version";
import { findPurchase, openPurchase, startPayment } from "..";

// 25 shillings for a kilowatt-hour and 16 % tax on top: 29 shillings in all.
const NOW = new Date("2026-06-01T08:30:00Z");
const afterSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const addressKey = "a secret of this installation alone";

let flat: Flat;
let stranger: Flat;

beforeAll(async () => {
  await decideInstallationMode("practice", NOW);
  [flat, stranger] = [await makeFlat(NOW), await makeFlat(NOW)];
  await createEndpoint(flat.scope, "practice", NOW);
});

type Change = Partial<{ requestKey: string; amountText: string; meterId: string; now: Date }>;

function open(change: Change = {}, { scope, meterId } = flat) {
  const request = { meterId, amountText: "500", channel: "web", requestKey: newId() } as const;
  return openPurchase(scope, { ...request, addressKey, now: NOW, ...change });
}

async function opened(change: Change = {}) {
  const answer = await open(change);
  assert(answer.ok, "the purchase is opened");
  return answer.value;
}

/** An outside provider whose checkouts are told apart by the attempt they are for. */
const provider: PaymentProvider = {
  name: "practice",
  startCheckout: async ({ attemptId }) => ({ checkoutPath: `/checkout/${attemptId}` }),
  findCheckout: async () => ({ status: "open" }),
  refund: async () => "not-now",
};

function pay(purchaseId: string, { scope } = flat, now = NOW) {
  const visit = { provider, payee: "Acacia Homes Limited", returnPath: "/t/x" };
  return startPayment(scope, { purchaseId, ...visit, now });
}

async function countPurchases({ scope } = flat): Promise<number> {
  const { organizationId } = scope;
  return inScope(scope, (tx) => tx.db.purchase.count({ where: { organizationId } }));
}

describe("one request key", () => {
  it("buys once and answers the same, also when it comes fifty times together", async () => {
    const before = await countPurchases();
    const requestKey = newId();
    const answers = await Promise.all(Array.from({ length: 50 }, () => open({ requestKey })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true });
    expect(await countPurchases()).toBe(before + 1);
  });

  it.each([
    ["another amount", { amountText: "501" }],
    ["the same digits a hundred times over", { amountText: "50000" }],
  ])("with %s is refused, and changes nothing", async (_what, change) => {
    const requestKey = newId();
    const first = await opened({ requestKey });
    const before = await recordOf(flat.scope, first.purchaseId);
    expect(await open({ requestKey, ...change })).toEqual({
      ok: false,
      error: { code: "request-key-reused" },
    });
    expect(await recordOf(flat.scope, first.purchaseId)).toEqual(before);
  });

  it("with the amount written otherwise is the same content", async () => {
    const requestKey = newId();
    const first = await opened({ requestKey, amountText: "1500" });
    expect(await opened({ requestKey, amountText: " 1,500.00" })).toEqual(first);
  });

  it("gives its purchase also when the meter could not be sold to any more", async () => {
    const requestKey = newId();
    const first = await opened({ requestKey });
    await setMeterStatus(flat.scope, flat.meterId, "blocked", NOW);
    const again = await open({ requestKey });
    const other = await open({ requestKey, amountText: "501" });
    await setMeterStatus(flat.scope, flat.meterId, "active", NOW);
    expect(again).toEqual({ ok: true, value: first });
    expect(other).toEqual({ ok: false, error: { code: "request-key-reused" } });
  });

  it("of another organization is another key", async () => {
    const requestKey = newId();
    const ours = await opened({ requestKey });
    const theirs = await open({ requestKey }, stranger);
    expect(theirs).toMatchObject({ ok: true });
    expect(theirs).not.toEqual({ ok: true, value: ours });
  });
});

describe("a quote", () => {
  it("keeps the version it was made at when the price changes meanwhile", async () => {
    const shop = await makeFlat(NOW);
    const answer = await open({}, shop);
    assert(answer.ok, "the purchase is opened");
    await addTariffVersion(shop, { pricePerKwh: "50", startsAt: afterSeconds(60) });
    const later = await open({ now: afterSeconds(120) }, shop);
    assert(later.ok, "the purchase is opened");
    const [first] = (await recordOf(shop.scope, answer.value.purchaseId)).quotes;
    const [second] = (await recordOf(shop.scope, later.value.purchaseId)).quotes;
    expect([first?.energyWh, second?.energyWh]).toEqual([17_241n, 8_620n]);
  });

  it.each([
    ["0.1 kWh is the least", "2.90", { ok: true }],
    [
      "less is refused with the least amount",
      "2.89",
      { ok: false, error: { code: "amount-too-small", minimumMinor: 290n } },
    ],
    ["13,106.4 kWh are the most", "380088.49", { ok: true }],
    [
      "more is refused with the largest amount",
      "380088.50",
      { ok: false, error: { code: "energy-too-large", maximumMinor: 38_008_849n } },
    ],
    [
      "nothing is no amount",
      "0",
      { ok: false, error: { code: "amount-invalid", fault: "not-positive" } },
    ],
  ])("%s", async (_what, amountText, answer) => {
    const before = await countPurchases(stranger);
    expect(await open({ amountText }, stranger)).toMatchObject(answer);
    expect(await countPurchases(stranger)).toBe(before + (answer.ok ? 1 : 0));
  });

  it("the most that a token carries is 16,383 units", async () => {
    const { purchaseId } = await opened({ amountText: "47513.59" });
    const [quote] = (await recordOf(flat.scope, purchaseId)).quotes;
    expect(quote?.tokenUnits).toBe(16_383);
  });

  it("is refused for a blocked meter, an unused one, and another organization's", async () => {
    const codeOf = async (answer: ReturnType<typeof open>) => {
      const { ok, ...rest } = await answer;
      return ok ? "ok" : JSON.stringify(rest);
    };
    await setMeterStatus(flat.scope, flat.meterId, "blocked", NOW);
    expect(await codeOf(open())).toContain("meter-blocked");
    await setMeterStatus(flat.scope, flat.meterId, "active", NOW);
    expect(await codeOf(open({ now: afterSeconds(-1) }))).toContain("meter-not-found");
    expect(await codeOf(open({ meterId: stranger.meterId }))).toContain("meter-not-found");
    expect(await codeOf(open())).toBe("ok");
  });
});

describe("going to pay", () => {
  it("twice, or eight times at once, finds one attempt and one checkout", async () => {
    const { purchaseId } = await opened();
    const visits = await Promise.all(Array.from({ length: 8 }, () => pay(purchaseId)));
    expect(new Set([...visits, await pay(purchaseId)].map((one) => JSON.stringify(one))).size).toBe(
      1,
    );
    const { organizationId } = flat.scope;
    const attempts = await inScope(flat.scope, (tx) =>
      tx.db.paymentAttempt.count({ where: { organizationId, purchaseId } }),
    );
    expect(attempts).toBe(1);
    expect((await recordOf(flat.scope, purchaseId)).life).toEqual(["quoted", "awaiting_payment"]);
  });

  it("after the quote has run out is refused, closes the purchase and takes no money", async () => {
    const { purchaseId } = await opened();
    const late = await pay(purchaseId, flat, afterSeconds(901));
    expect(late).toEqual({ ok: false, error: { code: "quote-expired" } });
    expect(await pay(purchaseId)).toEqual({ ok: false, error: { code: "not-payable" } });
    expect(await recordOf(flat.scope, purchaseId)).toMatchObject({
      life: ["quoted", "expired"],
      payments: [],
      movements: [],
    });
  });

  it("is refused without a way to pay, and to an organization that is not the seller", async () => {
    const { purchaseId } = await opened();
    const nowhere = await pay(purchaseId, stranger);
    expect(nowhere).toEqual({ ok: false, error: { code: "no-way-to-pay" } });
    const away = await makeFlat(NOW);
    await createEndpoint(away.scope, "practice", NOW);
    await expect(pay(purchaseId, away)).rejects.toThrow();
    expect(await findPurchase(away.scope, purchaseId)).toBeNull();
    expect((await recordOf(flat.scope, purchaseId)).life).toEqual(["quoted"]);
    expect(await pay(purchaseId)).toMatchObject({ ok: true });
  });
});

describe("money", () => {
  async function awaited() {
    const { purchaseId } = await opened();
    await pay(purchaseId);
    const attempt = await findAttemptOf(flat.scope, purchaseId);
    assert(attempt, "a purchase that went to pay has an attempt");
    const { attemptId, amountMinor, currency } = attempt;
    const receive = (providerReference: string) => {
      const from = { provider: "practice", providerReference, now: NOW };
      return recordPayment(flat.scope, { attemptId, amountMinor, currency, ...from });
    };
    return { purchaseId, receive };
  }

  it("told of twenty times at once is booked once", async () => {
    const { purchaseId, receive } = await awaited();
    const reference = newId();
    const told = await Promise.all(Array.from({ length: 20 }, () => receive(reference)));
    const outcomes = told.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual([...Array.from({ length: 19 }, () => "known"), "paid"]);
    expect(await recordOf(flat.scope, purchaseId)).toMatchObject({
      payments: [{ status: "matched" }],
      balances: { provider_clearing: -50_000n, customer_unallocated: 50_000n },
    });
  });

  it("that comes a second time for one purchase goes to the wallet, once", async () => {
    const { purchaseId, receive } = await awaited();
    const before = await walletOf(flat.scope, flat.occupancyId);
    const second = newId();
    await receive(newId());
    const again = await Promise.all([receive(second), receive(second), receive(second)]);
    expect(again.map(({ outcome }) => outcome).sort()).toEqual(["known", "known", "on-account"]);
    const { balanceMinor } = await walletOf(flat.scope, flat.occupancyId);
    expect(balanceMinor - before.balanceMinor).toBe(50_000n);
    const record = await recordOf(flat.scope, purchaseId);
    expect(record.payments.map(({ status }) => status).sort()).toEqual(["matched", "on_account"]);
    expect(record.balances).toEqual({
      provider_clearing: -100_000n,
      customer_unallocated: 50_000n,
      wallet: 50_000n,
    });
  });

  it("two payments at the same moment pay once and keep the other on account", async () => {
    const { purchaseId, receive } = await awaited();
    const told = await Promise.all([receive(newId()), receive(newId())]);
    expect(told.map(({ outcome }) => outcome).sort()).toEqual(["on-account", "paid"]);
    expect((await recordOf(flat.scope, purchaseId)).life).toEqual([
      "quoted",
      "awaiting_payment",
      "paid",
    ]);
  });

  it("for an attempt of another organization is not found, and nothing is booked", async () => {
    const { purchaseId } = await awaited();
    const attempt = await findAttemptOf(flat.scope, purchaseId);
    const money = { amountMinor: 50_000n, currency: "KES", paymentId: newId(), now: NOW };
    const named = { attemptId: attempt?.attemptId, provider: "practice", providerReference: "x" };
    const answer = await callScoped(stranger.scope, "payment_record", { ...named, ...money });
    expect(answer).toEqual({ outcome: "attempt-not-found" });
    expect(await recordOf(flat.scope, purchaseId)).toMatchObject({ payments: [], movements: [] });
  });
});
