import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inScope, systemScope } from "@/lib/access";
import { providersOf } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { setMeterStatus } from "@/lib/property";
import { signerClient } from "@/lib/signer";
import { SecretKey } from "@/lib/sts";
import { auditPurchase, refundPurchase, vendPurchase } from "@/lib/vending";
import { integrator, makeApiKey } from "@/prisma/seed/integrator";
import { recordOf } from "@/prisma/seed/purchase-record";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { forgetRequests } from "..";
import { contentHash } from "../core/idempotency-key";
import { type OperationName, operationOf, problemsOf } from "./operations";
import { problemAnswer } from "./schemas";

// 25 shillings for a kilowatt-hour and 16 % tax on top: 500 shillings buy 17.2 kWh.
const NOW = new Date("2026-06-01T08:30:00Z");
const afterSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const SOLD = ["quoted", "awaiting_payment", "paid", "reserved", "issued"];
const KSH_500 = { minor: "50000", currency: "KES" };

let signer: SignerProcess;
let shop: Shop;
let call: ReturnType<typeof integrator>;
let meter: string;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  const { organizationId } = shop.meter.scope;
  const { key } = await makeApiKey(organizationId, NOW);
  call = checked(integrator({ key, issuer: signer.issuer, now: NOW }));
  meter = shop.meter.meterNumber;
});

/** Every answer has its form, and every refusal is one that the operation is said to give. */
function checked(plain: ReturnType<typeof integrator>): ReturnType<typeof integrator> {
  return async (operation: OperationName, asked) => {
    const answer = await plain(operation, asked);
    const { answers } = operationOf(operation);
    if (answer.status < 400) {
      expect(answers[answer.status]?.schema.parse(answer.json)).toEqual(answer.json);
      return answer;
    }
    const told = problemAnswer.strict().parse(answer.json);
    expect(problemsOf(operationOf(operation))).toContain(told.code);
    expect(told.type).toBe(`urn:voltlet:problem:${told.code}`);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    return answer;
  };
}

const references = () => ({ client_reference: newId(), payment_reference: newId() });
const order = (change: Record<string, unknown> = {}) => ({
  meter,
  amount: KSH_500,
  ...references(),
  ...change,
});
const record = (id: unknown) => recordOf(shop.meter.scope, String(id));

function countPurchases(): Promise<number> {
  const { organizationId } = shop.meter.scope;
  return inScope(shop.meter.scope, (tx) => tx.db.purchase.count({ where: { organizationId } }));
}

describe("a meter is confirmed", () => {
  it("with as much as a guest learns, and what can be paid", async () => {
    const { status, json } = await call("confirmMeter", { target: meter });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      ...{ meter, holder: "A••• O•••", seller: "Acacia Homes Limited", currency: "KES" },
      least: { minor: "290", currency: "KES" },
      greatest: { minor: "38008849", currency: "KES" },
    });
    expect(JSON.stringify(json)).not.toContain("Otieno");
    const { least, greatest } = json as Record<string, { minor: string }>;
    for (const minor of [least?.minor, greatest?.minor]) {
      const amount = { minor, currency: "KES" };
      expect((await call("createQuote", { body: { meter, amount } })).status).toBe(201);
    }
  });
});

describe("a quote", () => {
  it("says line by line what an amount buys, and buys nothing", async () => {
    const { status, json } = await call("createQuote", { body: { meter, amount: KSH_500 } });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      ...{ meter, amount: KSH_500, energy_wh: "17200", included_tax: null },
      lines: [{ kind: "energy" }, { kind: "tax" }, { kind: "kept", amount: { minor: "1" } }],
      expires_at: "2026-06-01T08:45:00.000Z",
    });
    const lines = json.lines as { amount: { minor: string } }[];
    expect(lines.reduce((sum, line) => sum + BigInt(line.amount.minor), 0n)).toBe(50_000n);
    expect(await record(json.id)).toMatchObject({ life: ["quoted"], payments: [], movements: [] });
    expect((await call("readPurchase", { target: String(json.id) })).status).toBe(404);
  });

  it("is bought at its price, once", async () => {
    const quote = await call("createQuote", { body: { meter, amount: KSH_500 } });
    const body = { quote: quote.json.id, ...references() };
    const bought = await call("createPurchase", { body });
    expect(bought.status).toBe(201);
    expect(bought.json.id).toBe(quote.json.id);
    const again = await call("createPurchase", { body: { ...body, ...references() } });
    expect(again).toMatchObject({ status: 409, json: { code: "quote-used" } });
    expect(await record(quote.json.id)).toMatchObject({ life: SOLD, payments: [{}] });
  });

  it("that has run out is refused, buys nothing and leaves its references free", async () => {
    const quote = await call("createQuote", { body: { meter, amount: KSH_500 } });
    const body = { quote: quote.json.id, ...references() };
    const late = await call("createPurchase", { body, now: afterSeconds(901) });
    expect(late).toMatchObject({ status: 409, json: { code: "quote-expired" } });
    expect(await record(quote.json.id)).toMatchObject({ payments: [], movements: [] });
    const { quote: _, ...same } = body;
    const anew = await call("createPurchase", { body: order(same), now: afterSeconds(902) });
    expect(anew.status).toBe(201);
  });
});

describe("a purchase", () => {
  it("books the integrator's money under its reference, and answers with the tokens", async () => {
    const body = order();
    const { status, json } = await call("createPurchase", { body });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      ...{ state: "issued", meter, amount: KSH_500, energy_wh: "17200", is_repriced: false },
      client_reference: body.client_reference,
      tokens: [expect.stringMatching(/^\d{20}$/)],
    });
    const sold = await record(json.id);
    expect(sold).toMatchObject({ life: SOLD, payments: [{ status: "applied" }] });
    expect(sold.digits).toEqual(json.tokens);
    const { organizationId } = shop.meter.scope;
    const payment = await inScope(shop.meter.scope, (tx) =>
      tx.db.payment.findFirstOrThrow({ where: { organizationId, purchaseId: String(json.id) } }),
    );
    expect(payment).toMatchObject({ provider: "api", amountMinor: 50_000n });
    expect(payment.providerReference).toContain(`/${body.payment_reference}`);
    expect(await auditPurchase(shop.meter.scope, String(json.id))).toEqual([]);
  });

  it("is found by its id and by the integrator's own reference", async () => {
    const { client_reference, ...rest } = order();
    const bought = await call("createPurchase", { body: { client_reference, ...rest } });
    const read = await call("readPurchase", { target: String(bought.json.id) });
    const query = `?client_reference=${client_reference}`;
    const found = await call("findPurchaseByReference", { query });
    expect([read.json, found.json]).toEqual([bought.json, bought.json]);
  });

  it("is answered 202 without a signer, and the worker ends it", async () => {
    const away = signerClient("/nonexistent/signer.sock");
    const body = order();
    const idempotencyKey = newId();
    const taken = await call("createPurchase", { body, idempotencyKey, issuer: away });
    expect(taken).toMatchObject({ status: 202, json: { state: "pending", tokens: [] } });
    const purchaseId = String(taken.json.id);
    const worker = systemScope(shop.meter.scope.organizationId, "sweep");
    await vendPurchase(worker, { purchaseId, issuer: signer.issuer, now: NOW });
    const read = await call("readPurchase", { target: purchaseId });
    expect(read).toMatchObject({ status: 200, json: { state: "issued", tokens: [{}] } });
    // The same request gets the same answer, byte for byte, although more is known by now.
    const again = await call("createPurchase", { body, idempotencyKey });
    expect(again.text).toBe(taken.text);
    expect(await record(purchaseId)).toMatchObject({ life: SOLD, payments: [{}] });
  });

  it("for which no token can be had is the integrator's money to give back", async () => {
    const away = signerClient("/nonexistent/signer.sock");
    const quote = await call("createQuote", { body: { meter, amount: KSH_500 } });
    await setMeterStatus(shop.meter.scope, shop.meter.meterId, "blocked", NOW);
    const refused = await call("createPurchase", { body: order() });
    expect(refused).toMatchObject({ status: 409, json: { code: "meter-blocked" } });
    const body = { quote: quote.json.id, ...references() };
    const { status, json } = await call("createPurchase", { body, issuer: away });
    expect({ status, json }).toMatchObject({ status: 201, json: { state: "refund_due" } });
    const worker = systemScope(shop.meter.scope.organizationId, "sweep");
    const purchaseId = String(json.id);
    const providers = providersOf({
      siteUrl: "https://example.org",
      credentialKey: new SecretKey(new Uint8Array(32)),
      practice: null,
    });
    expect(await refundPurchase(worker, { purchaseId, providers, now: NOW })).toBe(true);
    expect(await call("readPurchase", { target: purchaseId })).toMatchObject({
      json: { state: "refunded" },
    });
    expect(await record(purchaseId)).toMatchObject({ balances: {}, digits: [] });
  });
});

describe("a reprint", () => {
  it("gives the same tokens, says so, and stands in the audit trail with its key", async () => {
    const bought = await call("createPurchase", { body: order() });
    const target = String(bought.json.id);
    const again = await call("reprintPurchase", { target, now: afterSeconds(60) });
    expect(again).toMatchObject({
      status: 201,
      json: { ...bought.json, is_reprint: true, reprinted_at: "2026-06-01T08:31:00.000Z" },
    });
    const { organizationId } = shop.meter.scope;
    const entries = await inScope(shop.meter.scope, (tx) =>
      tx.db.auditEntry.findMany({ where: { organizationId, subjectId: target } }),
    );
    expect(entries).toMatchObject([
      { action: "purchase.reprinted", detail: { scope: "endpoint", keyName: "A bank" } },
    ]);
  });

  it("of a purchase that has no tokens yet is refused with its state", async () => {
    const issuer = signerClient("/nonexistent/signer.sock");
    const taken = await call("createPurchase", { body: order(), issuer });
    const reprint = await call("reprintPurchase", { target: String(taken.json.id) });
    expect(reprint).toMatchObject({ status: 409, json: { code: "not-issued", state: "pending" } });
  });
});

describe("the same request", () => {
  it("200 times at once is one purchase and 200 identical answers, and no error", async () => {
    const body = order();
    const idempotencyKey = newId();
    const before = await countPurchases();
    const sent = { body, idempotencyKey };
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => call("createPurchase", sent)),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await countPurchases()).toBe(before + 1);
    const sold = await record(answers[0]?.json.id);
    expect(sold).toMatchObject({ life: SOLD, payments: [{}] });
    expect(sold.digits).toHaveLength(1);
    expect((await call("createPurchase", sent)).text).toBe(answers[0]?.text);
    // With the fields in another order it is the same content.
    const turned = Object.fromEntries(Object.entries(body).reverse());
    const other = await call("createPurchase", { body: turned, idempotencyKey });
    expect(other.text).toBe(answers[0]?.text);
  });

  it("under one key with other content, or another operation, is refused", async () => {
    const body = order();
    const idempotencyKey = newId();
    await call("createPurchase", { body, idempotencyKey });
    const before = await countPurchases();
    const amount = { minor: "50001", currency: "KES" };
    const other = await call("createPurchase", { body: { ...body, amount }, idempotencyKey });
    expect(other).toMatchObject({ status: 422, json: { code: "idempotency-key-reused" } });
    const quote = await call("createQuote", { body: { meter, amount: KSH_500 }, idempotencyKey });
    expect(quote).toMatchObject({ status: 422, json: { code: "idempotency-key-reused" } });
    expect(await countPurchases()).toBe(before);
  });

  it("under another key is a second purchase only with references of its own", async () => {
    const body = order();
    const first = await call("createPurchase", { body });
    const again = await call("createPurchase", { body });
    const purchase = first.json.id;
    expect(again.json).toMatchObject({ code: "client-reference-used", purchase });
    const fresh = { ...body, client_reference: newId() };
    const paidTwice = await call("createPurchase", { body: fresh });
    expect(paidTwice.json).toMatchObject({ code: "payment-reference-used", purchase });
    expect((await call("createPurchase", { body: order() })).status).toBe(201);
  });

  it("with one payment reference eight times at once under eight keys buys once", async () => {
    const { payment_reference } = references();
    const bodies = Array.from({ length: 8 }, () => order({ payment_reference }));
    const answers = await Promise.all(bodies.map((body) => call("createPurchase", { body })));
    const bought = answers.filter(({ status }) => status === 201);
    expect(bought).toHaveLength(1);
    const codes = new Set(answers.map(({ json }) => json.code));
    expect(codes).toEqual(new Set([undefined, "payment-reference-used"]));
  });

  it("that died on its way is taken up after half a minute, and buys once", async () => {
    const body = order();
    const idempotencyKey = newId();
    const first = await call("createPurchase", { body, idempotencyKey });
    await forgetAnswer(idempotencyKey);
    // Whatever became of the meter since: what was bought is not refused.
    await setMeterStatus(shop.meter.scope, shop.meter.meterId, "blocked", NOW);
    const later = { body, idempotencyKey, now: afterSeconds(31) };
    const again = await call("createPurchase", later);
    expect({ ...again.json, is_repriced: false }).toEqual(first.json);
    expect(await record(first.json.id)).toMatchObject({ life: SOLD, payments: [{}] });
  });

  it("that died before it was paid is priced anew when its price has run out", async () => {
    const issuer = signer.issuer;
    const body = order();
    const { client_reference: _, payment_reference: __, ...asked } = body;
    const idempotencyKey = newId();
    // Opened under the same request's key, and never paid.
    const opened = await call("createQuote", { body: asked, idempotencyKey });
    await beginAs(idempotencyKey, body);
    const again = await call("createPurchase", {
      ...{ body, idempotencyKey, issuer, now: afterSeconds(1_000) },
    });
    expect(again).toMatchObject({ status: 201, json: { state: "issued" } });
    expect(again.json.id).not.toBe(opened.json.id);
    expect(await record(opened.json.id)).toMatchObject({ life: ["quoted"], payments: [] });
  });

  it("is answered again for thirty days, and its answer is forgotten then", async () => {
    const sent = { body: order(), idempotencyKey: newId() };
    const first = await call("createPurchase", sent);
    const worker = systemScope(shop.meter.scope.organizationId, "sweep");
    const keyId = await keyOf(sent.idempotencyKey);
    const DAY = 86_400;
    await forgetRequests(worker, keyId, afterSeconds(30 * DAY));
    expect((await call("createPurchase", sent)).text).toBe(first.text);
    await forgetRequests(worker, keyId, afterSeconds(30 * DAY + 1));
    // The purchase itself is never forgotten: its references were used.
    const anew = await call("createPurchase", { ...sent, body: { ...sent.body } });
    expect(anew.json).toMatchObject({ id: first.json.id, tokens: first.json.tokens });
  });
});

/** As though the process had died before it could write its answer down. */
async function forgetAnswer(idempotencyKey: string): Promise<void> {
  const { organizationId } = shop.meter.scope;
  await inScope(shop.meter.scope, (tx) =>
    tx.db.apiRequest.updateMany({
      where: { organizationId, idempotencyKey },
      data: { status: null, body: null },
    }),
  );
}

/** As though the process had died with this request opened, and not yet paid. */
async function beginAs(idempotencyKey: string, body: unknown): Promise<void> {
  const { organizationId } = shop.meter.scope;
  const requestHash = contentHash("createPurchase", "", body);
  await writeAsOwner(
    "api_request",
    `UPDATE api_request SET request_hash = $3, status = NULL, body = NULL
      WHERE organization_id = $1 AND idempotency_key = $2`,
    [organizationId, idempotencyKey, requestHash],
  );
}

async function keyOf(idempotencyKey: string): Promise<string> {
  const { organizationId } = shop.meter.scope;
  const row = await inScope(shop.meter.scope, (tx) =>
    tx.db.apiRequest.findFirstOrThrow({ where: { organizationId, idempotencyKey } }),
  );
  return row.keyId;
}
