import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { findEndpointScope, inScope } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import {
  addAccount,
  askAboutClaim,
  askProvider,
  noteClaim,
  type PaybillEvent,
  type Providers,
  providersOf,
  settleCall,
} from "@/lib/payments";
import { newId } from "@/lib/platform";
import { setMeterStatus } from "@/lib/property";
import { SecretKey } from "@/lib/sts";
import { makeMember } from "@/prisma/seed/member";
import { openDaraja } from "@/prisma/seed/outside/daraja-town";
import type { TownCall } from "@/prisma/seed/outside/town";
import { recordOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { offerPaybill, openPurchase, startPayment, takeClaim, vendPurchase } from "..";

// Money that comes to a paybill by itself: it may come or not, is told of without a signature, and
// buys for the meter that its account names when Safaricom has said that it is there.

const NOW = new Date("2026-06-01T08:30:00Z");
const KEY = new SecretKey(new Uint8Array(32).fill(5));
const addressKey = newId();

let signer: SignerProcess;
let town: Awaited<ReturnType<typeof openDaraja>>;
let shop: Shop;
let endpoint: EndpointScope;
let providers: Providers;
let id: string;

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
  id = `T${newId().replaceAll("-", "").slice(-20).toUpperCase()}`;
  const { organizationId } = shop.meter.scope;
  const staff = await makeMember(organizationId, { role: "administrator", now: NOW });
  const gear = {
    ...{ siteUrl: "https://example.org", credentialKey: KEY, practice: null },
    apis: { mpesa: town.api },
  };
  const { provider, typed } = town;
  const added = await addAccount(staff, { provider, label: "Paybill", typed, gear, now: NOW });
  assert(added.ok, "the account is typed in right");
  providers = providersOf(gear);
  const scope = await findEndpointScope(added.value.endpointId);
  assert(scope, "the endpoint was just made");
  endpoint = scope;
  expect(await (await provided()).testCredentials?.(NOW)).toBe("accepted");
});

async function provided() {
  const { organizationId, endpointId } = endpoint;
  const provider = await providers({ organizationId, endpointId });
  assert(provider, "the account is switched on");
  return provider;
}

async function hear(call: TownCall): Promise<PaybillEvent> {
  const settled = await settleCall(endpoint, { call, provider: await provided(), now: NOW });
  assert(settled.ok && "event" in settled.value, "it is about a paybill");
  return settled.value.event;
}

const typedAs = () => shop.meter.meterNumber.replace(/^(....)(....)/, "$1 $2-");

async function offer(account: string, shillings = "500") {
  const event = await hear(town.paybill.money("offer", { id, shillings, account }));
  assert(event.kind === "offer", "it is an offer");
  return offerPaybill(endpoint, { money: event, addressKey, now: NOW });
}

async function claim(account: string, shillings = "500.00") {
  const event = await hear(town.paybill.money("claim", { id, shillings, account }));
  assert(event.kind === "claim", "it is a claim");
  await noteClaim(endpoint, { money: event, now: NOW });
  const { organizationId } = shop.meter.scope;
  const row = await inScope(shop.meter.scope, (tx) =>
    tx.db.paymentClaim.findFirstOrThrow({
      where: { organizationId, providerReference: id },
      select: { id: true },
    }),
  );
  return row.id;
}

const ask = (claimId: string, now = NOW) =>
  askAboutClaim(shop.meter.scope, { claimId, providers, now });

async function answer(shillings = "500", change: { status?: string; isForged?: boolean } = {}) {
  const call = town.paybill.answer({ id, shillings, ...change });
  assert(call, "Safaricom was asked");
  const event = await hear(call);
  assert(event.kind === "claim-answer", "it is an answer");
  if (event.answer.status !== "confirmed") return event.answer.status;
  const { status: _confirmed, ...receipt } = event.answer;
  const { claimId } = event;
  return takeClaim(endpoint, { claimId, receipt, addressKey, now: NOW });
}

const paymentsOf = () => {
  const { organizationId } = shop.meter.scope;
  return inScope(shop.meter.scope, (tx) =>
    tx.db.payment.findMany({
      where: { organizationId },
      select: { status: true, amountMinor: true, account: true, payer: true },
    }),
  );
};

it("money that was told of four times and confirmed buys once for the meter it names", async () => {
  expect(await offer(typedAs())).toMatchObject({ ok: true });
  const claims = await Promise.all([1, 2, 3, 4].map(() => claim(typedAs())));
  const [claimId = ""] = claims;
  expect(new Set(claims).size).toBe(1);
  expect(await paymentsOf()).toEqual([]);
  expect(await ask(claimId)).toBe(false);
  const answers = await Promise.all([answer(), answer()]);
  const purchaseId = answers.find((one) => one !== null) ?? "";
  await vendPurchase(shop.meter.scope, { purchaseId, issuer: signer.issuer, now: NOW });
  expect(await answer()).toBeNull();
  expect(await ask(claimId)).toBe(true);
  expect(await recordOf(shop.meter.scope, purchaseId)).toMatchObject({ status: "issued" });
  const [paid, ...more] = await paymentsOf();
  expect(more).toEqual([]);
  expect(paid).toMatchObject({ status: "applied", amountMinor: 50_000n, payer: "Jane" });
});

it("may not come for a meter nobody has or that is blocked, nor for less than a step", async () => {
  const unknown = await offer("01000000017");
  expect(unknown).toEqual({ ok: false, error: "meter-not-found" });
  const little = await offer(typedAs(), "1");
  expect(little).toEqual({ ok: false, error: "amount-too-small" });
  const { meterId, scope } = shop.meter;
  const staff = await makeMember(scope.organizationId, { role: "administrator", now: NOW });
  await setMeterStatus(staff, meterId, "blocked", NOW);
  expect(await offer(typedAs())).toEqual({ ok: false, error: "meter-blocked" });
});

it("that came all the same waits for a person, with what its payer typed", async () => {
  await ask(await claim("B-204"));
  expect(await answer()).toBeNull();
  expect(await paymentsOf()).toMatchObject([{ status: "received", account: "B-204" }]);
});

it("is not believed by a forged answer, nor by one about other money or a failed one", async () => {
  await ask(await claim(typedAs()));
  const call = town.paybill.answer({ id, shillings: "500", isForged: true });
  assert(call, "Safaricom was asked");
  const forged = await settleCall(endpoint, { call, provider: await provided(), now: NOW });
  expect(forged).toEqual({ ok: false, error: "signature-wrong" });
  expect(await answer("500", { status: "Failed" })).toBe("denied");
  expect(await paymentsOf()).toEqual([]);
});

it("is booked as Safaricom says it, whatever the call said", async () => {
  await ask(await claim(typedAs(), "5000"));
  await answer("500");
  expect(await paymentsOf()).toMatchObject([{ status: "matched", amountMinor: 50_000n }]);
});

it("that was a prompt's is not booked a second time", async () => {
  const { scope, meterId } = shop.meter;
  const wish = { meterId, amountText: "500", channel: "web", requestKey: newId() } as const;
  const opened = await openPurchase(scope, { ...wish, addressKey, now: NOW });
  assert(opened.ok, "a sale is priced");
  const { purchaseId } = opened.value;
  const started = await startPayment(scope, {
    ...{ purchaseId, provider: await provided(), endpointId: endpoint.endpointId },
    ...{ payee: "Acacia", returnPath: "/t/x", payerPhone: "0712345678", now: NOW },
  });
  assert(started.ok, "a prompt was sent");
  const { id: attemptId } = await inScope(scope, (tx) =>
    tx.db.paymentAttempt.findFirstOrThrow({
      where: { organizationId: scope.organizationId, purchaseId },
      select: { id: true },
    }),
  );
  const claimId = await claim(attemptId.slice(-12).toUpperCase());
  expect(await ask(claimId)).toBe(false);
  town.pay(attemptId);
  await askProvider(scope, { purchaseId, providers, now: NOW });
  expect(await ask(claimId)).toBe(true);
  expect(await paymentsOf()).toHaveLength(1);
});
