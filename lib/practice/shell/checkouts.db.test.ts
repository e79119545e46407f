import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decideInstallationMode, findEndpointScope, inScope, systemScope } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";
import { assert, InvariantError } from "@/lib/kernel";
import { createEndpoint, settleCall } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makePayablePurchase, type PayablePurchase } from "@/prisma/seed/payable-purchase";
import { decideCheckout, findCheckout, practiceProvider, sendCallback } from "..";

const NOW = new Date("2026-02-01T09:00:00Z");
const afterMs = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const MASTER_SECRET = "a master secret for tests";
const RETURN_PATH = "/t/secret";

let flat: Flat;
let endpoint: EndpointScope;
let bought: PayablePurchase;
let webhook: Server;
let siteUrl: string;
/** What our webhook answers instead of settling; null to settle. */
let answersWith: number | null = null;
let heard: number[] = [];
const provider = practiceProvider(MASTER_SECRET);

beforeAll(async () => {
  await decideInstallationMode("practice", NOW);
  flat = await makeFlat(NOW);
  endpoint = await endpointOf(flat);
  webhook = createServer(async (request, response) => {
    const rawBody = await text(request);
    const status = answersWith ?? (await settle(request.url ?? "", rawBody, request.headers));
    heard.push(status);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => webhook.listen(0, "127.0.0.1", resolve));
  siteUrl = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => webhook.close(resolve)));

beforeEach(async () => {
  answersWith = null;
  heard = [];
  bought = await makePayablePurchase(flat, endpoint.endpointId, NOW);
});

async function endpointOf({ scope }: Flat): Promise<EndpointScope> {
  const found = await findEndpointScope(await createEndpoint(scope, "practice", NOW), "practice");
  assert(found !== null, "the endpoint was just created");
  return found;
}

/** What the product's own route does with a provider's call, by the clock of the tests. */
async function settle(path: string, rawBody: string, headers: NodeJS.Dict<string | string[]>) {
  const scope = await findEndpointScope(path.split("/").at(-1) ?? "", "practice");
  if (!scope) return 404;
  const get = (name: string) => String(headers[name] ?? "");
  const call = { rawBody, headers: { get }, path: [scope.endpointId] };
  return (await settleCall(scope, { call, provider, now: clock })).ok ? 200 : 400;
}
let clock = NOW;

async function goToPay(): Promise<string> {
  const { attemptId, amountMinor, currency } = bought;
  const { organizationId, endpointId } = endpoint;
  const { checkoutPath } = await provider.startCheckout({
    organizationId,
    endpointId,
    attemptId,
    amountMinor,
    currency,
    payee: "Acacia Homes",
    returnPath: RETURN_PATH,
    now: NOW,
  });
  expect(checkoutPath).toMatch(new RegExp(`^/practice/checkout/${endpointId}/[0-9a-f-]{36}$`));
  return checkoutPath.split("/").at(-1) ?? "";
}

const ask = (now: Date) => provider.findCheckout({ ...attempt(), now });
const attempt = () => ({
  organizationId: endpoint.organizationId,
  endpointId: endpoint.endpointId,
  attemptId: bought.attemptId,
});

const callBack = (checkoutId: string, now = NOW) => {
  clock = now;
  return sendCallback(endpoint, { checkoutId, siteUrl, masterSecret: MASTER_SECRET, now });
};

function planned(subjectId: string) {
  const { organizationId } = endpoint;
  return inScope(endpoint, (tx) =>
    tx.db.dueWork.findFirst({
      where: { organizationId, subjectId },
      select: { kind: true, dueAt: true },
    }),
  );
}

async function statusOfPurchase(): Promise<string> {
  const { organizationId } = endpoint;
  const purchase = await inScope(endpoint, (tx) =>
    tx.db.purchase.findFirstOrThrow({
      where: { organizationId, id: bought.purchaseId },
      select: { status: true },
    }),
  );
  return purchase.status;
}

describe("a practice checkout", () => {
  it("is one for an attempt, however often and together it is begun", async () => {
    const begun = await Promise.all([goToPay(), goToPay(), goToPay()]);
    expect(new Set(begun).size).toBe(1);
    expect(await ask(NOW)).toEqual({ status: "open" });
  });

  it("shows its payer who is paid how much", async () => {
    expect(await findCheckout(endpoint, await goToPay(), NOW)).toEqual({
      id: expect.any(String),
      state: "open",
      amountMinor: 50_000n,
      currency: "KES",
      payee: "Acacia Homes",
      returnPath: RETURN_PATH,
      moneyAt: null,
    });
  });

  it("does not exist through another endpoint, nor for what is no id", async () => {
    const checkoutId = await goToPay();
    for (const other of [await endpointOf(flat), await endpointOf(await makeFlat(NOW))]) {
      expect(await findCheckout(other, checkoutId, NOW)).toBeNull();
      const decided = await decideCheckout(other, { checkoutId, decision: "approve", now: NOW });
      expect(decided).toEqual({ ok: false, error: "checkout-not-found" });
      const { organizationId, endpointId } = other;
      const asked = { ...attempt(), organizationId, endpointId, now: NOW };
      expect(await provider.findCheckout(asked)).toEqual({ status: "unknown" });
      expect(await provider.refund(asked)).toBe("not-now");
    }
    expect(await findCheckout(endpoint, "x", NOW)).toBeNull();
    expect(await findCheckout(endpoint, newId(), NOW)).toBeNull();
    expect(await ask(NOW)).toEqual({ status: "open" });
  });

  it("does not send its payer to a stranger's address", async () => {
    const { amountMinor, currency } = bought;
    const checkout = { ...attempt(), amountMinor, currency, payee: "x", now: NOW };
    const started = provider.startCheckout({ ...checkout, returnPath: "//evil.example" });
    await expect(started).rejects.toThrow(InvariantError);
  });

  it("is decided once: of six who decide together one is heard", async () => {
    const checkoutId = await goToPay();
    const decisions = ["approve", "decline", "late", "approve", "decline", "late"] as const;
    const answers = await Promise.all(
      decisions.map((decision) => decideCheckout(endpoint, { checkoutId, decision, now: NOW })),
    );
    const states = new Set(answers.map((answer) => (answer.ok ? answer.value.state : "?")));
    expect(states.size).toBe(1);
    const [state] = states;
    const stands = await findCheckout(endpoint, checkoutId, NOW);
    expect(stands?.state).toBe(state);
    expect(await planned(checkoutId)).toMatchObject({ kind: "practice.callback" });
  });
});

describe("an approved checkout", () => {
  it("has its money, and its call makes the purchase paid", async () => {
    const checkoutId = await goToPay();
    const decided = await decideCheckout(endpoint, { checkoutId, decision: "approve", now: NOW });
    expect(decided).toMatchObject({ ok: true, value: { state: "paid", moneyAt: NOW } });
    expect(await planned(checkoutId)).toEqual({ kind: "practice.callback", dueAt: NOW });
    expect(await callBack(checkoutId)).toBe(true);
    expect(await planned(checkoutId)).toBeNull();
    expect(await statusOfPurchase()).toBe("paid");
  });

  it("may call as often as it likes", async () => {
    const checkoutId = await goToPay();
    await decideCheckout(endpoint, { checkoutId, decision: "approve", now: NOW });
    for (const _time of [1, 2, 3]) expect(await callBack(checkoutId)).toBe(true);
    await Promise.all([callBack(checkoutId), callBack(checkoutId)]);
    expect(heard).toEqual([200, 200, 200, 200, 200]);
    const { organizationId } = endpoint;
    const { purchaseId } = bought;
    const payments = await inScope(endpoint, (tx) =>
      tx.db.payment.count({ where: { organizationId, purchaseId } }),
    );
    expect(payments).toBe(1);
  });

  it.each([500, 400, 404])("calls again when it heard %i", async (status) => {
    const checkoutId = await goToPay();
    await decideCheckout(endpoint, { checkoutId, decision: "approve", now: NOW });
    answersWith = status;
    expect(await callBack(checkoutId)).toBe(false);
    expect(await planned(checkoutId)).not.toBeNull();
    answersWith = null;
    const worker = systemScope(endpoint.organizationId, "sweep");
    const call = { checkoutId, siteUrl, masterSecret: MASTER_SECRET, now: NOW };
    expect(await sendCallback(worker, call)).toBe(true);
    expect(await statusOfPurchase()).toBe("paid");
  });

  it("calls again when nobody was there", async () => {
    const checkoutId = await goToPay();
    await decideCheckout(endpoint, { checkoutId, decision: "approve", now: NOW });
    const nobody = { siteUrl: "http://127.0.0.1:9", masterSecret: MASTER_SECRET };
    expect(await sendCallback(endpoint, { ...nobody, checkoutId, now: NOW })).toBe(false);
    expect(await planned(checkoutId)).not.toBeNull();
  });

  it("is not believed when it signs with another secret", async () => {
    const checkoutId = await goToPay();
    await decideCheckout(endpoint, { checkoutId, decision: "approve", now: NOW });
    clock = NOW;
    const forged = { checkoutId, siteUrl, masterSecret: "guessed", now: NOW };
    expect(await sendCallback(endpoint, forged)).toBe(false);
    expect(await statusOfPurchase()).toBe("awaiting_payment");
  });

  it("pays back once it is asked, and says so each time", async () => {
    const checkoutId = await goToPay();
    expect(await provider.refund({ ...attempt(), now: NOW })).toBe("not-now");
    await decideCheckout(endpoint, { checkoutId, decision: "approve", now: NOW });
    for (const _time of [1, 2]) {
      expect(await provider.refund({ ...attempt(), now: NOW })).toBe("refunded");
    }
    const money = { providerReference: checkoutId, amountMinor: 50_000n, currency: "KES" };
    expect(await ask(NOW)).toEqual({ status: "refunded", ...money });
    expect(await callBack(checkoutId)).toBe(true);
    expect(heard).toEqual([]);
  });
});

describe("a declined checkout", () => {
  it("closes the purchase", async () => {
    const checkoutId = await goToPay();
    const decided = await decideCheckout(endpoint, { checkoutId, decision: "decline", now: NOW });
    expect(decided).toMatchObject({ ok: true, value: { state: "declined", moneyAt: null } });
    expect(await ask(NOW)).toEqual({ status: "declined" });
    expect(await callBack(checkoutId)).toBe(true);
    expect(await statusOfPurchase()).toBe("declined");
    expect(await provider.refund({ ...attempt(), now: NOW })).toBe("not-now");
  });
});

describe("a late checkout", () => {
  it("has no money before its time, and has it from then on", async () => {
    const checkoutId = await goToPay();
    const late = { checkoutId, decision: "late", latenessMs: 60_000, now: NOW } as const;
    const decided = await decideCheckout(endpoint, late);
    const moneyAt = afterMs(60_000);
    expect(decided).toMatchObject({ ok: true, value: { state: "pending", moneyAt } });
    expect(await planned(checkoutId)).toEqual({ kind: "practice.callback", dueAt: moneyAt });

    expect(await ask(afterMs(59_999))).toEqual({ status: "open" });
    expect(await callBack(checkoutId, afterMs(59_999))).toBe(false);
    expect(await provider.refund({ ...attempt(), now: afterMs(59_999) })).toBe("not-now");
    expect(heard).toEqual([]);

    expect(await ask(moneyAt)).toMatchObject({ status: "paid" });
    expect(await callBack(checkoutId, moneyAt)).toBe(true);
    expect(await statusOfPurchase()).toBe("paid");
    expect(await provider.refund({ ...attempt(), now: moneyAt })).toBe("refunded");
  });

  it("comes after the quote has expired when nobody says how late", async () => {
    const checkoutId = await goToPay();
    await decideCheckout(endpoint, { checkoutId, decision: "late", now: NOW });
    const stands = await findCheckout(endpoint, checkoutId, NOW);
    expect(stands?.moneyAt?.getTime()).toBeGreaterThan(afterMs(900_000).getTime());
  });
});
