import { createHmac } from "node:crypto";
import { type APIRequestContext, type APIResponse, expect, test } from "@playwright/test";
import { ONE_SALE, purchasesOf } from "../fixtures/books";
import { rowOf } from "../fixtures/database";
import { flatOf } from "../fixtures/flats";
import { neighbour } from "../fixtures/neighbour";
import { decideCheckout, type Started, startPurchase } from "../fixtures/requests";

// The provider's calls, forged and real. The signature is made here anew, from what the README of
// the payments room says, not with the product's own function.

const HEADER = "voltlet-practice-signature";
const NOBODYS = "01900000-0000-7000-8000-000000000000";

type Call = {
  readonly endpointId: string;
  readonly body: string;
  readonly signedFor?: string;
  readonly at?: number;
  readonly signature?: string;
};

const secondsNow = () => Math.floor(Date.now() / 1000);

function signatureOf({ endpointId, body, signedFor = endpointId, at = secondsNow() }: Call) {
  const master = process.env.PRACTICE_PROVIDER_SECRET ?? "";
  const secret = createHmac("sha256", master).update(`endpoint|${signedFor}`).digest("hex");
  const mac = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
  return `t=${at},v1=${mac}`;
}

function send(request: APIRequestContext, call: Call): Promise<APIResponse> {
  const signature = call.signature ?? signatureOf(call);
  return request.post(`/api/webhooks/practice/${call.endpointId}`, {
    headers: { "content-type": "application/json", [HEADER]: signature },
    data: Buffer.from(call.body),
  });
}

/** A purchase at its checkout, and the call that says it was paid. */
async function made(request: APIRequestContext, label: string) {
  const since = new Date();
  const flat = await flatOf(label);
  const started = await startPurchase(request, flat);
  const { attemptId } = await rowOf<{ attemptId: string }>(
    `SELECT id AS "attemptId" FROM payment_attempt WHERE purchase_id = $1`,
    [started.purchaseId],
  );
  const claim = {
    attemptId,
    status: "paid",
    providerReference: started.checkoutId,
    amountMinor: "50000",
    currency: "KES",
  };
  const body = (change: Partial<Record<keyof typeof claim, string>> = {}) =>
    JSON.stringify({ ...claim, ...change });
  return { since, flat, started, body };
}

/** The provider holds the money, and its call has not been made. */
async function payUnheard({ checkoutId }: Started): Promise<void> {
  await rowOf(
    `UPDATE practice_checkout SET status = 'paid', money_at = now() WHERE id = $1 RETURNING id`,
    [checkoutId],
  );
}

test("practice money's endpoint takes no call at the other providers' address", async ({
  request,
}) => {
  const { started, body } = await made(request, "A-401");
  const { endpointId } = started;
  const headers = {
    "content-type": "application/json",
    [HEADER]: signatureOf({ endpointId, body: body() }),
  };
  for (const path of [endpointId, `${endpointId}/secret/${NOBODYS}`, NOBODYS, "x"]) {
    const url = `/api/webhooks/in/${path}`;
    const answer = await request.post(url, { headers, data: Buffer.from(body()) });
    expect(answer.status(), path).toBe(404);
  }
});

const UNPAID = { status: "awaiting_payment", payments: 0, tokenSets: 0 };

test("a forged signature is refused with 401 and changes nothing", async ({ request }) => {
  const { since, flat, started, body } = await made(request, "A-401");
  await payUnheard(started);
  const { endpointId } = started;
  const good = signatureOf({ endpointId, body: body() });
  const forged: readonly Call[] = [
    { endpointId, body: body(), signature: good.replace(/.$/, (d) => (d === "0" ? "1" : "0")) },
    { endpointId, body: body(), signature: "t=1,v1=00" },
    { endpointId, body: body(), signature: "sha256=abc" },
    { endpointId, body: body({ amountMinor: "1" }), signature: good },
    { endpointId, body: body(), signedFor: neighbour().endpointId },
    { endpointId, body: body(), signedFor: NOBODYS },
    { endpointId: neighbour().endpointId, body: body(), signature: good },
  ];
  for (const call of forged) expect((await send(request, call)).status()).toBe(401);
  const path = `/api/webhooks/practice/${endpointId}`;
  expect((await request.post(path, { data: body() })).status()).toBe(401);
  expect(await purchasesOf(flat, since)).toMatchObject([UNPAID]);
  expect((await send(request, { endpointId, body: body() })).status()).toBe(200);
});

test("a call that is replayed after five minutes is refused with 401", async ({ request }) => {
  const { since, flat, started, body } = await made(request, "A-402");
  await payUnheard(started);
  const { endpointId } = started;
  for (const at of [secondsNow() - 310, secondsNow() + 310, 1]) {
    expect((await send(request, { endpointId, body: body(), at })).status()).toBe(401);
  }
  expect(await purchasesOf(flat, since)).toMatchObject([UNPAID]);
});

test("a signed call about other money, another attempt or nonsense is refused with 422", async ({
  request,
}) => {
  const { since, flat, started, body } = await made(request, "A-403");
  await payUnheard(started);
  const { endpointId } = started;
  const refused = [
    body({ amountMinor: "49999" }),
    body({ amountMinor: "5000000" }),
    body({ amountMinor: "-50000" }),
    body({ amountMinor: "5e4" }),
    body({ currency: "USD" }),
    body({ attemptId: NOBODYS }),
    body({ attemptId: "x" }),
    body({ providerReference: NOBODYS }),
    body({ status: "refunded" }),
    body({ status: "declined" }),
    "[]",
    "null",
  ];
  for (const each of refused) {
    expect((await send(request, { endpointId, body: each })).status(), each).toBe(422);
  }
  // Another organization's endpoint, rightly signed, knows nothing of the attempt.
  const theirs = { endpointId: neighbour().endpointId, body: body() };
  expect((await send(request, theirs)).status()).toBe(422);
  expect(await purchasesOf(flat, since)).toMatchObject([UNPAID]);
});

test("a signed call that the provider does not confirm pays nothing", async ({ request }) => {
  const { since, flat, started, body } = await made(request, "A-404");
  const { endpointId } = started;
  expect((await send(request, { endpointId, body: body() })).status()).toBe(422);
  expect(await purchasesOf(flat, since)).toMatchObject([UNPAID]);
});

test("an endpoint that does not exist is not found, whatever was signed", async ({ request }) => {
  const { body } = await made(request, "A-404");
  const wrong = [NOBODYS, "-".repeat(36), "x", "%00", "practice", "a".repeat(2_000)];
  for (const endpointId of wrong) {
    expect((await send(request, { endpointId, body: body() })).status(), endpointId).toBe(404);
  }
});

test("a body that is too large is refused before it is read into anything", async ({ request }) => {
  const { started } = await made(request, "A-404");
  const { endpointId } = started;
  const answer = await send(request, { endpointId, body: `"${"x".repeat(70_000)}"` });
  expect(answer.status()).toBe(413);
});

test("a good call, repeated and at once, answers 200 and books one payment", async ({
  request,
}) => {
  const { since, flat, started, body } = await made(request, "A-502");
  await payUnheard(started);
  const { endpointId } = started;
  const together = Array.from({ length: 8 }, () => send(request, { endpointId, body: body() }));
  for (const answer of await Promise.all(together)) expect(answer.status()).toBe(200);
  expect((await send(request, { endpointId, body: body() })).status()).toBe(200);
  await decideCheckout(request, started, "approve");
  expect(await purchasesOf(flat, since)).toMatchObject([{ ...ONE_SALE, status: "issued" }]);
});
