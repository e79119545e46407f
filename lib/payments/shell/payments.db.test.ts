import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callScoped, findEndpointScope, inScope } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";
import { assert, ok } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makePayablePurchase, type PayablePurchase } from "@/prisma/seed/payable-purchase";
import {
  askProvider,
  createEndpoint,
  endpointSecret,
  findAttemptOf,
  findEndpointOf,
  type PaymentProvider,
  type ProviderAnswer,
  type ProviderEvent,
  SIGNATURE_HEADER,
  settleCall,
  signWebhook,
  verifyWebhook,
} from "..";

const NOW = new Date("2026-02-01T09:00:00Z");

let flat: Flat;
let endpointId: string;
let endpoint: EndpointScope;
let bought: PayablePurchase;

beforeAll(async () => {
  flat = await makeFlat(NOW);
  endpointId = await createEndpoint(flat.scope, "practice", NOW);
  endpoint = await endpointScopeOf(endpointId);
});

beforeEach(async () => {
  bought = await makePayablePurchase(flat, endpointId, NOW);
});

async function endpointScopeOf(id: string): Promise<EndpointScope> {
  const scope = await findEndpointScope(id, "practice");
  assert(scope !== null, "the endpoint was just created");
  return scope;
}

/** An outside provider that says what a test tells it to say, and signs what it calls with. */
function providerThatSays(answer: ProviderAnswer, secret = ""): PaymentProvider {
  return {
    name: "practice",
    startCheckout: async () => ({ checkoutPath: "/nowhere" }),
    findCheckout: async () => answer,
    refund: async () => "not-now",
    readCall: ({ rawBody, headers, now }) => {
      const signature = headers.get(SIGNATURE_HEADER);
      const verified = verifyWebhook({ rawBody, secret, now, signature });
      if (!verified.ok) return verified;
      const told = verified.value as Record<string, string>;
      const money = {
        amountMinor: BigInt(told.amountMinor ?? 0),
        currency: told.currency ?? "",
        providerReference: told.providerReference ?? "",
      };
      const claim = told.status === "paid" ? "paid" : "declined";
      const event: ProviderEvent = { kind: "checkout", attemptId: told.attemptId ?? "", claim };
      return ok(claim === "paid" ? { ...event, money } : event);
    },
  };
}

const reference = () => `ref-${bought.attemptId}`;
const paid = (change: Partial<{ amountMinor: bigint; providerReference: string }> = {}) =>
  ({
    status: "paid",
    providerReference: reference(),
    amountMinor: bought.amountMinor,
    currency: bought.currency,
    ...change,
  }) as const;
const body = (change: Record<string, unknown> = {}) => ({
  attemptId: bought.attemptId,
  status: "paid",
  providerReference: reference(),
  amountMinor: String(bought.amountMinor),
  currency: bought.currency,
  ...change,
});

type Call = Partial<{
  scope: EndpointScope;
  claim: unknown;
  answer: ProviderAnswer;
  signedAs: string;
  signedAt: Date;
  secret: string;
}>;

function call({ scope = endpoint, claim = body(), answer = paid(), ...signing }: Call = {}) {
  const { signedAs, signedAt = NOW } = signing;
  const secret = endpointSecret("master", scope.endpointId);
  const rawBody = JSON.stringify(claim);
  const signature = signWebhook({ rawBody, secret: signing.secret ?? secret, now: signedAt });
  const headers = new Headers({ [SIGNATURE_HEADER]: signedAs ?? signature });
  const provider = providerThatSays(answer, secret);
  return settleCall(scope, { call: { rawBody, headers, path: [] }, provider, now: NOW });
}

function bookedFor(purchaseId: string) {
  const { organizationId } = flat.scope;
  return inScope(flat.scope, async (tx) => {
    const purchase = await tx.db.purchase.findFirstOrThrow({
      where: { organizationId, id: purchaseId },
      select: { status: true, payments: { select: { status: true } } },
    });
    const transfers = await tx.db.ledgerTransfer.findMany({
      where: { organizationId, correlationId: purchaseId },
      select: { debitAccount: true, creditAccount: true, amountMinor: true },
    });
    return { ...purchase, transfers };
  });
}

/** A payment by its reference: its state, its life, what it moved and what waits for a person. */
function movedFor(providerReference: string) {
  const { organizationId } = flat.scope;
  return inScope(flat.scope, async (tx) => {
    const payment = await tx.db.payment.findFirstOrThrow({
      where: { organizationId, providerReference },
      select: {
        id: true,
        status: true,
        events: { select: { toStatus: true }, orderBy: { sequence: "asc" } },
        cases: { select: { kind: true, state: true }, orderBy: { openedAt: "asc" } },
      },
    });
    const transfers = await tx.db.ledgerTransfer.findMany({
      where: { organizationId, correlationId: payment.id },
      select: { debitAccount: true, creditAccount: true, amountMinor: true, reason: true },
      orderBy: { at: "asc" },
    });
    return {
      status: payment.status,
      life: payment.events.map(({ toStatus }) => toStatus),
      transfers: transfers.map((t) => [t.debitAccount, t.creditAccount, t.amountMinor, t.reason]),
      cases: payment.cases.map(({ kind, state }) => [kind, state]),
    };
  });
}

const NOTHING_BOOKED = { status: "awaiting_payment", payments: [], transfers: [] };
const RECEIPT_OF_MONEY = {
  debitAccount: "provider_clearing",
  creditAccount: "customer_unallocated",
  amountMinor: 50_000n,
};

describe("a provider's call", () => {
  it("makes the purchase paid and books the money", async () => {
    const { purchaseId } = bought;
    expect(await call()).toEqual({ ok: true, value: { purchaseId, status: "paid" } });
    expect(await bookedFor(purchaseId)).toEqual({
      status: "paid",
      payments: [{ status: "matched" }],
      transfers: [RECEIPT_OF_MONEY],
    });
  });

  it("is booked once and answered each time, also when it comes four times together", async () => {
    const answers = await Promise.all([call(), call(), call(), call()]);
    for (const answer of [...answers, await call()]) {
      expect(answer).toMatchObject({ ok: true, value: { status: "paid" } });
    }
    const booked = await bookedFor(bought.purchaseId);
    expect(booked).toMatchObject({ payments: [{}], transfers: [RECEIPT_OF_MONEY] });
    expect(booked.transfers).toHaveLength(1);
  });

  it.each<[string, () => Call, string]>([
    ["forged", () => ({ secret: "guessed" }), "signature-wrong"],
    [
      "signed by another endpoint",
      () => ({ secret: endpointSecret("master", "x") }),
      "signature-wrong",
    ],
    [
      "replayed an hour later",
      () => ({ signedAt: new Date(NOW.getTime() - 3_600_000) }),
      "signature-too-old",
    ],
    ["without a signature", () => ({ signedAs: "" }), "signature-missing"],
    [
      "for an attempt nobody made",
      () => ({ claim: body({ attemptId: newId() }) }),
      "attempt-not-found",
    ],
    ["for another amount", () => ({ claim: body({ amountMinor: "50001" }) }), "provider-disagrees"],
    ["in another currency", () => ({ claim: body({ currency: "UGX" }) }), "provider-disagrees"],
    [
      "that the provider still holds open",
      () => ({ answer: { status: "open" } }),
      "provider-disagrees",
    ],
    [
      "that the provider never heard of",
      () => ({ answer: { status: "unknown" } }),
      "provider-disagrees",
    ],
    [
      "that the provider declined",
      () => ({ answer: { status: "declined" } }),
      "provider-disagrees",
    ],
    [
      "that the provider paid back",
      () => ({ answer: { ...paid(), status: "refunded" } }),
      "provider-disagrees",
    ],
    [
      "for less than the provider has",
      () => ({ answer: paid({ amountMinor: 1n }) }),
      "provider-disagrees",
    ],
    [
      "under another reference",
      () => ({ answer: paid({ providerReference: "z" }) }),
      "provider-disagrees",
    ],
    [
      "that says declined of paid money",
      () => ({ claim: body({ status: "declined" }) }),
      "provider-disagrees",
    ],
  ])("%s changes nothing", async (_what, made, error) => {
    expect(await call(made())).toEqual({ ok: false, error });
    expect(await bookedFor(bought.purchaseId)).toEqual(NOTHING_BOOKED);
  });

  it("changes nothing through another endpoint, a stranger's or our own", async () => {
    const stranger = await makeFlat(NOW);
    const away = await endpointScopeOf(await createEndpoint(stranger.scope, "practice", NOW));
    const second = await endpointScopeOf(await createEndpoint(flat.scope, "practice", NOW));
    for (const scope of [away, second]) {
      expect(await call({ scope })).toEqual({ ok: false, error: "attempt-not-found" });
    }
    expect(await bookedFor(bought.purchaseId)).toEqual(NOTHING_BOOKED);
  });

  it("cannot pay two purchases with one reference", async () => {
    const first = bought;
    const providerReference = reference();
    await call();
    bought = await makePayablePurchase(flat, endpointId, NOW);
    const claim = body({ providerReference });
    const again = await call({ claim, answer: paid({ providerReference }) });
    expect(again).toMatchObject({ ok: true, value: { status: "awaiting_payment" } });
    expect(await bookedFor(bought.purchaseId)).toEqual(NOTHING_BOOKED);
    expect(await bookedFor(first.purchaseId)).toMatchObject({ status: "paid" });
  });

  it("that says declined closes the purchase, and late money still pays it", async () => {
    const claim = body({ status: "declined" });
    for (const _time of [1, 2]) {
      const declined = await call({ claim, answer: { status: "declined" } });
      expect(declined).toMatchObject({ ok: true, value: { status: "declined" } });
    }
    expect(await call()).toMatchObject({ ok: true, value: { status: "paid" } });
  });

  it("that repeats itself after a refund is answered and books nothing", async () => {
    const { purchaseId } = bought;
    await call();
    const reason = "the meter is blocked";
    await callScoped(flat.scope, "vend_give_up", { purchaseId, reason, now: NOW });
    await callScoped(flat.scope, "payment_refunded", { purchaseId, now: NOW });
    const before = await bookedFor(purchaseId);
    const repeated = await call({ answer: { ...paid(), status: "refunded" } });
    expect(repeated).toEqual({ ok: true, value: { purchaseId, status: "refunded" } });
    expect(await bookedFor(purchaseId)).toEqual(before);
  });

  it("for a purchase paid already is kept on account", async () => {
    await call();
    const providerReference = `${reference()}-second`;
    const claim = body({ providerReference });
    const second = await call({ claim, answer: paid({ providerReference }) });
    expect(second).toMatchObject({ ok: true, value: { status: "paid" } });
    const booked = await bookedFor(bought.purchaseId);
    expect(booked.payments).toContainEqual({ status: "on_account" });
    expect(booked.transfers).toHaveLength(3);
  });
});

describe("a provider that said nothing", () => {
  const ask = (answer: ProviderAnswer) =>
    askProvider(flat.scope, {
      purchaseId: bought.purchaseId,
      providers: async () => providerThatSays(answer),
      now: NOW,
    });

  it("is asked, and the money is booked once", async () => {
    for (const _time of [1, 2]) {
      expect(await ask(paid())).toEqual({ answer: "settled", status: "paid" });
    }
    expect((await bookedFor(bought.purchaseId)).transfers).toEqual([RECEIPT_OF_MONEY]);
  });

  it.each(["open", "unknown"] as const)("and still says %s leaves all as it is", async (status) => {
    expect(await ask({ status })).toEqual({ answer: "open" });
    expect(await bookedFor(bought.purchaseId)).toEqual(NOTHING_BOOKED);
  });

  it("and declined closes the purchase", async () => {
    expect(await ask({ status: "declined" })).toEqual({ answer: "declined", status: "declined" });
  });

  it("and holds other money than was asked for: it is booked, and waits for a person", async () => {
    for (const _time of [1, 2]) {
      expect(await ask(paid({ amountMinor: 1n }))).toEqual({ answer: "needs-a-person" });
    }
    expect(await bookedFor(bought.purchaseId)).toEqual(NOTHING_BOOKED);
    expect(await movedFor(reference())).toEqual({
      status: "received",
      life: ["received"],
      transfers: [["provider_clearing", "suspense", 1n, "payment.unmatched"]],
      cases: [["unmatched", "open"]],
    });
  });

  it("is not asked about another organization's purchase", async () => {
    const { scope } = await makeFlat(NOW);
    const { purchaseId } = bought;
    const providers = async () => providerThatSays(paid());
    expect(await askProvider(scope, { purchaseId, providers, now: NOW })).toEqual({
      answer: "open",
    });
    expect(await bookedFor(purchaseId)).toEqual(NOTHING_BOOKED);
  });
});

it("an organization finds its endpoint and a purchase its attempt, and nobody else's", async () => {
  const stranger = await makeFlat(NOW);
  expect(await findEndpointOf(flat.scope, "practice")).toBe(endpointId);
  expect(await findEndpointOf(flat.scope, "mpesa")).toBeNull();
  expect(await findEndpointOf(stranger.scope, "practice")).toBeNull();
  const { purchaseId, attemptId } = bought;
  expect(await findAttemptOf(flat.scope, purchaseId)).toMatchObject({ attemptId, endpointId });
  expect(await findAttemptOf(stranger.scope, purchaseId)).toBeNull();
});
