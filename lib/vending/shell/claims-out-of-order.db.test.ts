import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inScope } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { askProvider, listUnanswered } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { makeMember } from "@/prisma/seed/member";
import { openDaraja } from "@/prisma/seed/outside/daraja-town";
import { openPaybillShop, type PaybillShop } from "@/prisma/seed/outside/paybill-shop";
import { recordOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { decideClaim, openPurchase, startPayment, vendPurchase } from "..";

// Safaricom's calls as they come in life: late, twice, in the wrong order, or not at all.

const NOW = new Date("2026-06-01T08:30:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

let signer: SignerProcess;
let town: Awaited<ReturnType<typeof openDaraja>>;
let shop: Shop;
let paybill: PaybillShop;

beforeAll(async () => {
  signer = await startSigner();
  town = await openDaraja();
});
afterAll(async () => {
  await town.stop();
  await signer.stop();
});
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  paybill = await openPaybillShop(shop, { town, at: NOW });
});

const staff = () =>
  makeMember(shop.meter.scope.organizationId, { role: "administrator", now: NOW });
const vend = (purchaseId: string | null, now = NOW) =>
  vendPurchase(shop.meter.scope, { purchaseId: purchaseId ?? "", issuer: signer.issuer, now });
const soldOnce = async (purchaseId: string | null) => {
  const payments = await paybill.payments();
  expect(payments).toMatchObject([{ status: "applied", amountMinor: 50_000n }]);
  const { digits } = await recordOf(shop.meter.scope, purchaseId ?? "");
  expect(digits).toHaveLength(1);
};
const claimOf = () =>
  inScope(shop.meter.scope, (tx) =>
    tx.db.paymentClaim.findFirstOrThrow({
      where: { organizationId: shop.meter.scope.organizationId },
      select: { id: true, state: true },
    }),
  );

describe("the wrong order", () => {
  it("a claim before its offer buys once", async () => {
    const claimId = await paybill.claim();
    expect(await paybill.offer()).toMatchObject({ ok: true });
    await paybill.ask(claimId);
    const purchaseId = await paybill.answer();
    expect(await vend(purchaseId)).toBe("issued");
    expect(await paybill.offer()).toMatchObject({ ok: true });
    await paybill.claim();
    expect((await claimOf()).state).toBe("booked");
    await soldOnce(purchaseId);
  });

  it("the provider's answer before any claim buys, and the claim changes nothing", async () => {
    await paybill.offer();
    const { id } = await claimOf();
    expect(await paybill.ask(id, later(1))).toBe(false);
    const purchaseId = await paybill.answer({ now: later(1) });
    expect(await vend(purchaseId, later(1))).toBe("issued");
    expect(await paybill.claim({ now: later(2) })).toBe(id);
    expect((await claimOf()).state).toBe("booked");
    await soldOnce(purchaseId);
  });

  it("a confirmation after a denial is believed, whoever denied it", async () => {
    const claimId = await paybill.claim();
    await paybill.ask(claimId);
    expect(await paybill.answer({ status: "Failed" })).toBe("denied");
    const purchaseId = await paybill.answer();
    expect(await vend(purchaseId)).toBe("issued");
    await soldOnce(purchaseId);
    expect(await paybill.answer({ status: "Failed" })).toBe("denied");
    expect((await claimOf()).state).toBe("booked");
  });

  it("a claim about what was denied as an offer is asked about again", async () => {
    await paybill.offer();
    const { id } = await claimOf();
    await paybill.ask(id);
    await paybill.answer({ status: "Cancelled" });
    expect((await claimOf()).state).toBe("denied");
    await paybill.claim({ now: later(3) });
    expect((await claimOf()).state).toBe("asked");
    await paybill.ask(id, later(3));
    await vend(await paybill.answer({ now: later(3) }), later(3));
    expect(await paybill.payments()).toMatchObject([{ status: "applied" }]);
  });
});

describe("late or away", () => {
  it("money a day late buys at the price of that day", async () => {
    await paybill.offer();
    const tomorrow = later(24 * 60);
    const claimId = await paybill.claim({ now: tomorrow });
    expect(await paybill.ask(claimId, tomorrow)).toBe(false);
    const purchaseId = await paybill.answer({ now: tomorrow });
    expect(await vend(purchaseId, tomorrow)).toBe("issued");
    const { quotes } = await recordOf(shop.meter.scope, purchaseId ?? "");
    expect(quotes).toHaveLength(2);
    await soldOnce(purchaseId);
  });

  it("a provider that is away is asked again, for a day; then a person looks", async () => {
    const claimId = await paybill.claim();
    town.fail(1);
    await expect(paybill.ask(claimId)).rejects.toThrow();
    town.fail(1, "hang-up");
    await expect(paybill.ask(claimId)).rejects.toThrow();
    expect(await paybill.ask(claimId, later(10))).toBe(false);
    const landlord = await staff();
    expect(await listUnanswered(landlord, { now: later(9), take: 5 })).toEqual([]);
    const unanswered = await listUnanswered(landlord, { now: later(11), take: 5 });
    expect(unanswered).toMatchObject([{ claimId, amountMinor: 50_000n }]);
    expect(await paybill.ask(claimId, later(24 * 60 + 1))).toBe(true);
    expect(await listUnanswered(landlord, { now: later(3000), take: 5 })).toHaveLength(1);
    const purchaseId = await paybill.answer({ now: later(3000) });
    expect(await vend(purchaseId, later(3000))).toBe("issued");
  });

  it("an offer that nothing followed is a person's to look for after a day", async () => {
    await paybill.offer();
    const landlord = await staff();
    expect(await listUnanswered(landlord, { now: later(600), take: 5 })).toEqual([]);
    expect(await listUnanswered(landlord, { now: later(1441), take: 5 })).toHaveLength(1);
  });
});

describe("a person who looked", () => {
  const decide = async (claimId: string, isThere: boolean) => {
    const { addressKey } = shop.tools;
    return decideClaim(await staff(), { claimId, isThere, addressKey, now: later(60) });
  };

  it("takes what is there once, however many people did", async () => {
    const claimId = await paybill.claim();
    await paybill.ask(claimId);
    const decided = await Promise.all([1, 2, 3].map(() => decide(claimId, true)));
    const bought = decided.flatMap((one) => (one.ok ? [one.value.purchaseId] : []));
    expect(new Set(bought).size).toBe(1);
    const [purchaseId = null] = bought;
    expect(await vend(purchaseId, later(60))).toBe("issued");
    expect(await paybill.answer({ now: later(61) })).toBeNull();
    await soldOnce(purchaseId);
    expect(await decide(claimId, false)).toEqual({ ok: false, error: "claim-over" });
  });

  it("drops what is not there, which its provider can still say is", async () => {
    const claimId = await paybill.claim();
    await paybill.ask(claimId);
    expect(await decide(claimId, false)).toEqual({ ok: true, value: { purchaseId: null } });
    expect(await paybill.payments()).toEqual([]);
    const purchaseId = await paybill.answer({ now: later(90) });
    expect(await vend(purchaseId, later(90))).toBe("issued");
    await soldOnce(purchaseId);
    const { organizationId } = shop.meter.scope;
    const audited = await inScope(shop.meter.scope, (tx) =>
      tx.db.auditEntry.findMany({
        where: { organizationId, subjectId: claimId },
        select: { action: true },
      }),
    );
    expect(audited).toEqual([{ action: "payment.decided" }]);
  });

  it("finds no other organization's", async () => {
    const claimId = await paybill.claim();
    const other = await openShop(signer.issuer, NOW);
    const { organizationId } = other.meter.scope;
    const stranger = await makeMember(organizationId, { role: "administrator", now: NOW });
    const { addressKey } = other.tools;
    const asked = { claimId, isThere: true, addressKey, now: NOW };
    expect(await decideClaim(stranger, asked)).toEqual({ ok: false, error: "claim-over" });
  });
});

describe("the money of a prompt, told of as if it had come by itself", () => {
  async function prompted() {
    const { scope, meterId } = shop.meter;
    const { addressKey } = shop.tools;
    const wish = { meterId, amountText: "500", channel: "web", requestKey: newId() } as const;
    const opened = await openPurchase(scope, { ...wish, addressKey, now: NOW });
    assert(opened.ok, "a sale is priced");
    const { purchaseId } = opened.value;
    const { organizationId, endpointId } = paybill.endpoint;
    const provider = await paybill.providers({ organizationId, endpointId });
    const started = await startPayment(scope, {
      ...{ purchaseId, provider, endpointId, payee: "Acacia", returnPath: "/t/x" },
      ...{ payerPhone: "0712345678", now: NOW },
    });
    assert(started.ok, "a prompt was sent");
    const { id: attemptId } = await inScope(scope, (tx) =>
      tx.db.paymentAttempt.findFirstOrThrow({
        where: { organizationId, purchaseId },
        select: { id: true },
      }),
    );
    return { purchaseId, attemptId, account: attemptId.slice(-12).toUpperCase() };
  }

  it("is not booked a second time", async () => {
    const { purchaseId, attemptId, account } = await prompted();
    expect(await paybill.offer({ account })).toEqual({ ok: true, value: null });
    const claimId = await paybill.claim({ account });
    expect(await paybill.ask(claimId)).toBe(false);
    town.pay(attemptId);
    const { providers } = paybill;
    await askProvider(shop.meter.scope, { purchaseId, providers, now: NOW });
    expect(await paybill.ask(claimId)).toBe(true);
    await paybill.answer();
    expect((await claimOf()).state).toBe("prompt");
    expect(await paybill.payments()).toHaveLength(1);
  });

  it("pays its purchase when the claim is confirmed first", async () => {
    const { purchaseId, attemptId, account } = await prompted();
    await paybill.ask(await paybill.claim({ account }));
    expect(await paybill.answer()).toBe(purchaseId);
    expect(await vend(purchaseId)).toBe("issued");
    town.pay(attemptId);
    const { providers } = paybill;
    const polled = await askProvider(shop.meter.scope, { purchaseId, providers, now: NOW });
    expect(polled.answer).toBe("settled");
    await soldOnce(purchaseId);
  });
});
