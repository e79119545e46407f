import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callScoped, findEndpointScope, inScope } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { addAccount, askProvider, type Providers, providersOf, settleCall } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { SecretKey } from "@/lib/sts";
import { makeMember } from "@/prisma/seed/member";
import { openDaraja } from "@/prisma/seed/outside/daraja-town";
import { openPaystack } from "@/prisma/seed/outside/paystack-town";
import { openStripe } from "@/prisma/seed/outside/stripe-town";
import type { Town } from "@/prisma/seed/outside/town";
import { recordOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { expirePurchase, openPurchase, refundPurchase, startPayment, vendPurchase } from "..";

// Every provider against a small server on this machine that speaks its documented API: whatever
// comes twice, late, in the wrong order, forged or not at all, money is booked once and sells once.

const NOW = new Date("2026-06-01T08:30:00Z");
const A_DAY_LATER = new Date("2026-06-02T08:30:00Z");
const KEY = new SecretKey(new Uint8Array(32).fill(7));
const SOLD = ["quoted", "awaiting_payment", "paid", "reserved", "issued"];

let signer: SignerProcess;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());

describe.each([
  ["paystack", openPaystack],
  ["stripe", openStripe],
  ["mpesa", openDaraja],
])("%s", (name, openTown) => {
  let town: Town;
  let shop: Shop;
  let endpoint: EndpointScope;
  let providers: Providers;
  let bought: { readonly purchaseId: string; readonly attemptId: string };

  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.stop());
  beforeEach(async () => {
    shop = await openShop(signer.issuer, NOW);
    const { organizationId } = shop.meter.scope;
    const gear = {
      siteUrl: "https://example.org",
      credentialKey: KEY,
      practice: null,
      apis: { [town.provider]: town.api },
    };
    const staff = await makeMember(organizationId, { role: "administrator", now: NOW });
    const { provider, typed } = town;
    const added = await addAccount(staff, { provider, label: "Rent", typed, gear, now: NOW });
    assert(added.ok, "the account is typed in right");
    providers = providersOf(gear);
    const scope = await findEndpointScope(added.value.endpointId);
    assert(scope, "the endpoint was just made");
    endpoint = scope;
    bought = await goToPay();
  });

  async function start(purchaseId: string, now = NOW) {
    const { scope } = shop.meter;
    const { organizationId, endpointId } = endpoint;
    return startPayment(scope, {
      purchaseId,
      provider: await providers({ organizationId, endpointId }),
      endpointId,
      payee: "Acacia Homes",
      returnPath: "/t/secret",
      payerPhone: "0712 345 678",
      now,
    });
  }

  async function goToPay() {
    const { scope, meterId } = shop.meter;
    const wish = { meterId, amountText: "500", channel: "web", requestKey: newId() } as const;
    const opened = await openPurchase(scope, { ...wish, addressKey: newId(), now: NOW });
    assert(opened.ok, "a sale is priced");
    const { purchaseId } = opened.value;
    const started = await start(purchaseId);
    assert(started.ok, "a sale can be paid");
    const attempt = await inScope(scope, (tx) =>
      tx.db.paymentAttempt.findFirstOrThrow({
        where: { organizationId: scope.organizationId, purchaseId },
        select: { id: true },
      }),
    );
    return { purchaseId, attemptId: attempt.id };
  }

  type About = Omit<Parameters<Town["call"]>[1], "now"> & { readonly now?: Date };
  async function hear({ now = NOW, ...about }: About = {}) {
    const { organizationId, endpointId } = endpoint;
    const provider = await providers({ organizationId, endpointId });
    assert(provider, "the account is switched on");
    const call = town.call(bought.attemptId, { ...about, now });
    return settleCall(endpoint, { call, provider, now });
  }

  const vend = (now = NOW) =>
    vendPurchase(shop.meter.scope, {
      purchaseId: bought.purchaseId,
      issuer: signer.issuer,
      now,
    });
  const ask = (now = NOW) =>
    askProvider(shop.meter.scope, { purchaseId: bought.purchaseId, providers, now });
  const record = () => recordOf(shop.meter.scope, bought.purchaseId);

  it("is paid, told of, and vended once, however often it says so", async () => {
    town.pay(bought.attemptId);
    const answers = await Promise.all([hear(), hear(), hear(), hear()]);
    for (const answer of answers) expect(answer).toMatchObject({ ok: true });
    await Promise.all([vend(), vend()]);
    expect(await hear({ now: A_DAY_LATER })).toMatchObject({ ok: true });
    expect(await ask(A_DAY_LATER)).toMatchObject({ answer: "settled" });
    const sold = await record();
    expect(sold).toMatchObject({ life: SOLD, payments: [{ status: "applied" }] });
    expect(sold.digits).toHaveLength(1);
  });

  it("is asked when it says nothing", async () => {
    expect(await ask()).toEqual({ answer: "open" });
    town.pay(bought.attemptId);
    expect(await ask()).toEqual({ answer: "settled", status: "paid" });
  });

  it("is believed before the answer of its start was noted", async () => {
    const { attemptId } = bought;
    await callScoped(shop.meter.scope, "payment_attempt_named", {
      attemptId,
      checkoutReference: null,
    });
    town.pay(attemptId);
    expect(await hear()).toMatchObject({ ok: true, value: { status: "paid" } });
  });

  it("pays a purchase that had run out a day before", async () => {
    await expirePurchase(shop.meter.scope, { purchaseId: bought.purchaseId, now: A_DAY_LATER });
    town.pay(bought.attemptId);
    expect(await hear({ now: A_DAY_LATER })).toMatchObject({ value: { status: "paid" } });
    expect(await vend(A_DAY_LATER)).toBe("issued");
  });

  it("is asked again after errors and hang-ups, and nothing is lost", async () => {
    town.pay(bought.attemptId);
    for (const how of ["error", "hang-up"] as const) {
      town.fail(9, how);
      await expect(hear()).rejects.toThrow();
      await expect(ask()).rejects.toThrow();
      town.fail(0);
    }
    expect(await hear()).toMatchObject({ ok: true, value: { status: "paid" } });
    expect(await record()).toMatchObject({ payments: [{ status: "matched" }] });
  });

  it("is not believed by a forged call, nor by its own before the money is there", async () => {
    expect(await hear()).toEqual({ ok: false, error: "provider-disagrees" });
    town.pay(bought.attemptId);
    expect(await hear({ isForged: true })).toEqual({ ok: false, error: "signature-wrong" });
    const other = await hear({ amountMinor: 100n });
    expect(other).toEqual({ ok: false, error: "provider-disagrees" });
    expect(await record()).toMatchObject({ status: "awaiting_payment", payments: [] });
  });

  it("that declined closes the purchase", async () => {
    town.decline(bought.attemptId);
    expect(await ask()).toEqual({ answer: "declined", status: "declined" });
  });

  it("opens one checkout for two clicks", async () => {
    const { checkouts } = town.count();
    const again = await Promise.all([start(bought.purchaseId), start(bought.purchaseId)]);
    for (const one of again) expect(one).toMatchObject({ ok: true });
    expect(town.count().checkouts).toBe(checkouts);
  });

  it("pays back whole and once, or leaves it to a person", async () => {
    const { purchaseId } = bought;
    const { scope } = shop.meter;
    const { refunds } = town.count();
    town.pay(bought.attemptId);
    await hear();
    await callScoped(scope, "vend_give_up", { purchaseId, reason: "blocked", now: NOW });
    const giveBack = () => refundPurchase(scope, { purchaseId, providers, now: NOW });
    await giveBack();
    await giveBack();
    await giveBack();
    const { status } = await record();
    if (name === "mpesa") {
      expect(status).toBe("refund_due");
      expect(await casesOf()).toEqual([{ kind: "refund-by-hand", state: "open" }]);
      return;
    }
    expect(status).toBe("refunded");
    expect(town.count().refunds).toBe(refunds + 1);
    expect(await hear()).toMatchObject({ ok: true, value: { status: "refunded" } });
  });

  const casesOf = () => {
    const { organizationId } = shop.meter.scope;
    return inScope(shop.meter.scope, (tx) =>
      tx.db.paymentCase.findMany({
        where: { organizationId },
        select: { kind: true, state: true },
      }),
    );
  };

  it.skipIf(name === "mpesa")(
    "with other money than was asked for waits for a person",
    async () => {
      town.pay(bought.attemptId, { amountMinor: 20_000n });
      for (const _time of [1, 2]) {
        expect(await hear()).toMatchObject({ ok: true });
        expect(await ask()).toEqual({ answer: "needs-a-person" });
      }
      expect(await record()).toMatchObject({ status: "awaiting_payment", payments: [] });
      expect(await casesOf()).toEqual([{ kind: "unmatched", state: "open" }]);
    },
  );

  it.skipIf(name === "mpesa").each([
    ["won", "applied"],
    ["lost", "charged_back"],
  ] as const)("tells of a dispute, %s in any order, and it is booked once", async (end, status) => {
    town.pay(bought.attemptId);
    await hear();
    await vend();
    const { organizationId, endpointId } = endpoint;
    const provider = await providers({ organizationId, endpointId });
    assert(provider, "the account is switched on");
    const disputeReference = newId();
    for (const state of [end, "open", end] as const) {
      const call = town.dispute(bought.attemptId, { now: NOW, disputeReference, state });
      assert(call, "this provider has disputes");
      const told = await settleCall(endpoint, { call, provider, now: NOW });
      expect(told).toMatchObject({ ok: true, value: { status: "disputed" } });
    }
    expect(await record()).toMatchObject({ status: "issued", payments: [{ status }] });
    const moved = await inScope(shop.meter.scope, (tx) =>
      tx.db.ledgerTransfer.findMany({
        where: { organizationId, reason: { startsWith: "dispute." } },
        select: { debitAccount: true, creditAccount: true, occupancyId: true },
        orderBy: { reason: "desc" },
      }),
    );
    const { occupancyId } = shop.meter;
    expect(moved).toHaveLength(2);
    expect(moved).toContainEqual({
      debitAccount: "disputes",
      creditAccount: "provider_clearing",
      occupancyId,
    });
    expect(moved).toContainEqual({
      debitAccount: end === "won" ? "provider_clearing" : "arrears_receivable",
      creditAccount: "disputes",
      occupancyId,
    });
  });

  it("says whether credentials open anything", async () => {
    const { organizationId, endpointId } = endpoint;
    const provider = await providers({ organizationId, endpointId });
    expect(await provider?.testCredentials?.(NOW)).toBe("accepted");
  });
});
