import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inScope } from "@/lib/access";
import { newId } from "@/lib/platform";
import { createBuilding, createMeter } from "@/lib/property";
import { freshMeterNumber } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { integrator, makeApiKey } from "@/prisma/seed/integrator";
import { makeMember } from "@/prisma/seed/member";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { createApiKey, listApiKeys, revokeApiKey } from "..";

const NOW = new Date("2026-06-01T08:30:00Z");
const afterSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

let signer: SignerProcess;
let shop: Shop;
let foreign: Shop;
let call: ReturnType<typeof integrator>;
let meter: string;

beforeAll(async () => {
  signer = await startSigner();
  [shop, foreign] = [await openShop(signer.issuer, NOW), await openShop(signer.issuer, NOW)];
  call = await callerOf(shop);
  meter = shop.meter.meterNumber;
});
afterAll(() => signer.stop());

async function callerOf({ meter: { scope } }: Shop, wish: Parameters<typeof makeApiKey>[2] = {}) {
  const { key } = await makeApiKey(scope.organizationId, NOW, wish);
  return integrator({ key, issuer: signer.issuer, now: NOW });
}

const KSH_500 = { minor: "50000", currency: "KES" };
const references = () => ({ client_reference: newId(), payment_reference: newId() });
const order = (change: Record<string, unknown> = {}) => ({
  ...{ meter, amount: KSH_500 },
  ...references(),
  ...change,
});

function countPurchases({ meter: { scope } } = shop): Promise<number> {
  const { organizationId } = scope;
  return inScope(scope, (tx) => tx.db.purchase.count({ where: { organizationId } }));
}

describe("an amount", () => {
  it.each([
    ["with an exponent", "1e3"],
    ["that is no number", "NaN"],
    ["endless", "Infinity"],
    ["of minus nothing", "-0"],
    ["of nothing", "0"],
    ["below nothing", "-500"],
    ["with a plus", "+500"],
    ["with decimals", "0.001"],
    ["with a decimal comma", "500,00"],
    ["with grouped thousands", "50,000"],
    ["in Arabic-Indic digits", "٥٠٠٠٠"],
    ["in fullwidth digits", "５００００"],
    ["of 2^63", "9223372036854775808"],
    ["of 2^64 and more", "1".repeat(400)],
    ["in hexadecimal", "0x1F4"],
    ["with a blank before", " 50000"],
    ["with a line's end", "50000\n"],
    ["with leading zeros", "00050000"],
    ["of no digits", ""],
    ["as a number of JSON", 50_000],
    ["as nothing at all", null],
    ["as a list", ["50000"]],
  ])("%s is refused by name, and nothing is opened", async (_what, minor) => {
    const before = await countPurchases();
    const amount = { minor, currency: "KES" };
    for (const [operation, body] of [
      ["createQuote", { meter, amount }],
      ["createPurchase", order({ amount })],
    ] as const) {
      const answer = await call(operation, { body });
      expect(answer).toMatchObject({ status: 422, json: { code: "amount-invalid" } });
      expect(answer.json.errors).toMatchObject([{ pointer: "/amount/minor" }]);
    }
    expect(await countPurchases()).toBe(before);
  });

  it.each([
    ["below the least", { minor: "289", currency: "KES" }, "amount-too-small", { least: "290" }],
    [
      "above the most",
      { minor: "38008850", currency: "KES" },
      "amount-too-large",
      { greatest: "38008849" },
    ],
    ["far above it", { minor: "9999999999999999", currency: "KES" }, "amount-too-large", {}],
    ["in another currency", { minor: "50000", currency: "UGX" }, "currency-mismatch", {}],
    ["in a currency nobody has", { minor: "50000", currency: "QQQ" }, "currency-mismatch", {}],
  ])("%s is refused with what would do", async (_what, amount, code, bound) => {
    const { status, json } = await call("createPurchase", { body: order({ amount }) });
    expect({ status, code: json.code }).toEqual({ status: 422, code });
    for (const [name, minor] of Object.entries(bound)) {
      expect(json[name]).toEqual({ minor, currency: "KES" });
    }
    if (code === "currency-mismatch") expect(json.currency).toBe("KES");
  });
});

describe("a body", () => {
  it.each([
    ["a price", { price: "1" }, "/price"],
    ["a state", { state: "issued" }, "/state"],
    ["an energy", { energy_wh: "999999" }, "/energy_wh"],
    ["an owner", { organization_id: newId() }, "/organization_id"],
    ["a field of every object", { constructor: 1 }, "/constructor"],
    ["more in its amount", { amount: { ...KSH_500, tax: "0" } }, "/amount/tax"],
    ["an amount as text", { amount: "500" }, "/amount"],
    [
      "a currency in small letters",
      { amount: { minor: "1", currency: "kes" } },
      "/amount/currency",
    ],
    ["no meter", { meter: undefined }, "/meter"],
    ["no reference", { client_reference: undefined }, "/client_reference"],
    ["a reference with a blank", { payment_reference: "a b" }, "/payment_reference"],
    ["a reference that is too long", { payment_reference: "x".repeat(65) }, "/payment_reference"],
    ["a quote and a meter", { quote: newId() }, "/meter"],
  ])("with %s is refused in its place", async (_what, change, pointer) => {
    const before = await countPurchases();
    const { status, json } = await call("createPurchase", { body: order(change) });
    expect({ status, code: json.code }).toEqual({ status: 422, code: "body-invalid" });
    expect((json.errors as { pointer: string }[]).map((fault) => fault.pointer)).toContain(pointer);
    expect(await countPurchases()).toBe(before);
  });

  it.each([
    ["no JSON", { rawBody: "{" }, 400, "body-malformed"],
    ["no UTF-8", { rawBody: new Uint8Array([0x22, 0xff, 0x22]) }, 400, "body-malformed"],
    ["a form", { headers: { "content-type": "text/plain" } }, 415, "media-type-not-json"],
    ["too large", { rawBody: `"${"x".repeat(16_384)}"` }, 413, "body-too-large"],
    ["a list", { rawBody: "[]" }, 422, "body-invalid"],
    ["null", { rawBody: "null" }, 422, "body-invalid"],
  ])("that is %s is refused", async (_what, sent, status, code) => {
    const answer = await call("createPurchase", { body: order(), ...sent });
    expect(answer).toMatchObject({ status, json: { code } });
  });

  it.each([
    ["", 400, "idempotency-key-missing"],
    ["a b", 400, "idempotency-key-invalid"],
    ["x".repeat(129), 400, "idempotency-key-invalid"],
  ])("under the idempotency key %j is refused", async (idempotencyKey, status, code) => {
    const answer = await call("createPurchase", { body: order(), idempotencyKey });
    expect(answer).toMatchObject({ status, json: { code } });
  });
});

describe("a meter", () => {
  it.each([
    ["x", "meter-number-invalid"],
    ["00000000001", "meter-number-invalid"],
    ["%00", "meter-number-invalid"],
  ])("called %j is no meter", async (target, code) => {
    expect(await call("confirmMeter", { target })).toMatchObject({ status: 422, json: { code } });
  });

  it("of another organization, or of nobody, is not found, by any operation", async () => {
    for (const number of [foreign.meter.meterNumber, freshMeterNumber()]) {
      const notFound = { status: 404, json: { code: "meter-not-found" } };
      expect(await call("confirmMeter", { target: number })).toMatchObject(notFound);
      const quote = { meter: number, amount: KSH_500 };
      expect(await call("createQuote", { body: quote })).toMatchObject(notFound);
      const body = order({ meter: number });
      expect(await call("createPurchase", { body })).toMatchObject(notFound);
    }
    expect(await countPurchases(foreign)).toBe(0);
  });

  it("that is only claimed, or serves nobody, is not sold for", async () => {
    const { scope, flat } = shop.meter;
    const meterNumber = freshMeterNumber();
    const { vendingKeyId } = shop;
    const named = {
      meterNumber,
      vendingKeyId,
      tariffIndex: 1,
      state: "claimed",
      now: NOW,
    } as const;
    granted(await createMeter(scope, named));
    expect(await call("confirmMeter", { target: meterNumber })).toMatchObject({ status: 404 });
    expect(flat.meterNumber).not.toBe(meterNumber);
  });
});

describe("another's purchase", () => {
  it("or quote is not found, whoever's it is: a stranger's, or another integrator's", async () => {
    const body = order();
    const bought = await call("createPurchase", { body });
    const quote = await call("createQuote", { body: { meter, amount: KSH_500 } });
    const target = String(bought.json.id);
    const query = `?client_reference=${body.client_reference}`;
    for (const other of [await callerOf(foreign), await callerOf(shop)]) {
      const notFound = { status: 404, json: { code: "purchase-not-found" } };
      expect(await other("readPurchase", { target })).toMatchObject(notFound);
      expect(await other("findPurchaseByReference", { query })).toMatchObject(notFound);
      expect(await other("reprintPurchase", { target })).toMatchObject(notFound);
      const buying = { quote: quote.json.id, ...references() };
      const refused = await other("createPurchase", { body: buying });
      expect(refused).toMatchObject({ status: 404, json: { code: "quote-not-found" } });
    }
    expect((await call("readPurchase", { target })).status).toBe(200);
    for (const wrong of [newId(), "x", "%00"]) {
      expect((await call("readPurchase", { target: wrong })).status).toBe(404);
    }
  });

  it.each(["", "?client_reference=", "?client_reference=a&client_reference=b", "?x=1"])(
    "is not looked for by the query %j",
    async (query) => {
      const answer = await call("findPurchaseByReference", { query });
      expect(answer).toMatchObject({ status: 400, json: { code: "query-invalid" } });
    },
  );

  it("may have the same references as one of mine", async () => {
    const same = references();
    const mine = await call("createPurchase", { body: order(same) });
    const other = await callerOf(shop);
    const theirs = await other("createPurchase", { body: order(same) });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(mine.json.id).not.toBe(theirs.json.id);
  });
});

describe("a key", () => {
  const target = () => ({ target: meter });

  it("is told apart: missing, mistyped, unknown, without the scope", async () => {
    const { key } = await makeApiKey(shop.meter.scope.organizationId, NOW, {
      scopes: ["quote:create"],
    });
    const mistyped = key.slice(0, -1) + (key.endsWith("0") ? "1" : "0");
    const elsewhere = (await import("../core/key-secret")).formatKey("live", new Uint8Array(20));
    const cases = [
      [{ headers: { authorization: "Basic eDp5" } }, 401, "key-missing"],
      [{ headers: { authorization: "" } }, 401, "key-missing"],
      [{ key: mistyped }, 401, "key-mistyped"],
      [{ key: "sk_live_1" }, 401, "key-unknown"],
      [{ key: elsewhere }, 401, "key-unknown"],
      [{ key }, 403, "scope-missing"],
    ] as const;
    for (const [sent, status, code] of cases) {
      const answer = await call("confirmMeter", { ...target(), ...sent });
      expect(answer).toMatchObject({ status, json: { code } });
      expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    }
    const body = { meter, amount: KSH_500 };
    expect((await call("createQuote", { key, body })).status).toBe(201);
  });

  it("is shut out at once when it is revoked, and when it runs out", async () => {
    const { organizationId } = shop.meter.scope;
    const made = await makeApiKey(organizationId, NOW, { expiresAt: afterSeconds(60) });
    const { key } = made;
    expect((await call("confirmMeter", { key, ...target() })).status).toBe(200);
    const late = await call("confirmMeter", { key, ...target(), now: afterSeconds(60) });
    expect(late).toMatchObject({ status: 401, json: { code: "key-expired" } });
    const permission = "api-key:manage";
    const now = NOW;
    const scope = await makeMember(organizationId, { role: "administrator", now, permission });
    const stranger = foreign.meter.scope.organizationId;
    const away = await makeMember(stranger, { role: "administrator", now, permission });
    expect(await revokeApiKey(away, { id: made.id, now })).toEqual({
      ok: false,
      error: "not-found",
    });
    expect(await revokeApiKey(scope, { id: made.id, now })).toMatchObject({ ok: true });
    expect(await revokeApiKey(scope, { id: made.id, now })).toMatchObject({ ok: false });
    const shut = await call("confirmMeter", { key, ...target() });
    expect(shut).toMatchObject({ status: 401, json: { code: "key-revoked" } });
  });

  it("of some buildings sees no meter and no purchase of another building", async () => {
    const { scope, flat } = shop.meter;
    const place = { currency: "KES", timeZone: "Africa/Nairobi", locale: "en-KE" } as const;
    const named = { name: "Elsewhere", address: "", tariffId: flat.tariffId, now: NOW };
    const elsewhere = await createBuilding(scope, { ...named, ...place });
    const { id: first, key: whole } = await makeApiKey(scope.organizationId, NOW);
    const bought = await call("createPurchase", { key: whole, body: order() });
    const quote = await call("createQuote", { key: whole, body: { meter, amount: KSH_500 } });
    const limited = { buildingIds: [elsewhere], takesOverFrom: first };
    const { key } = await makeApiKey(scope.organizationId, NOW, limited);
    expect((await call("confirmMeter", { key, target: meter })).status).toBe(404);
    expect((await call("createPurchase", { key, body: order() })).status).toBe(404);
    const read = { key, target: String(bought.json.id) };
    expect((await call("readPurchase", read)).status).toBe(404);
    expect((await call("reprintPurchase", read)).status).toBe(404);
    const body = { quote: quote.json.id, ...references() };
    const refused = await call("createPurchase", { key, body });
    expect(refused).toMatchObject({ status: 404, json: { code: "quote-not-found" } });
    const here = { buildingIds: [flat.buildingId], takesOverFrom: first };
    const { key: own } = await makeApiKey(scope.organizationId, NOW, here);
    expect((await call("readPurchase", { ...read, key: own })).status).toBe(200);
  });

  it("that takes over from another finds its purchases, and uses no reference twice", async () => {
    const { organizationId } = shop.meter.scope;
    const first = await makeApiKey(organizationId, NOW);
    const body = order();
    const bought = await call("createPurchase", { key: first.key, body });
    const next = await makeApiKey(organizationId, NOW, { takesOverFrom: first.id });
    const query = `?client_reference=${body.client_reference}`;
    const found = await call("findPurchaseByReference", { key: next.key, query });
    expect(found.json).toEqual(bought.json);
    const again = await call("createPurchase", { key: next.key, body });
    expect(again.json).toMatchObject({ code: "client-reference-used", purchase: bought.json.id });
  });

  it("may ask so often a minute, is told when it may again, and holds no other up", async () => {
    const { key } = await makeApiKey(shop.meter.scope.organizationId, NOW, { perMinute: 60 });
    const asked = { key, target: "x" };
    const answers = await Promise.all(
      Array.from({ length: 61 }, () => call("confirmMeter", asked)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toMatchObject([{ json: { code: "too-many-requests" } }]);
    const wait = Number(refused[0]?.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect((await call("confirmMeter", target())).status).toBe(200);
  });

  it("is kept as a hash, with the day of its last use, and refused for nonsense", async () => {
    const { organizationId } = shop.meter.scope;
    const { id, key } = await makeApiKey(organizationId, NOW, { name: "Once" });
    await call("confirmMeter", { key, ...target() });
    const permission = "api-key:manage";
    const scope = await makeMember(organizationId, { role: "administrator", now: NOW, permission });
    const listed = (await listApiKeys(scope)).find((one) => one.id === id);
    expect(listed).toMatchObject({
      ...{ name: "Once", shownEnd: key.slice(-4), buildingNames: null },
      lastUsedOn: new Date("2026-06-01T00:00:00Z"),
    });
    const kept = await inScope(scope, (tx) =>
      tx.db.apiKey.findFirstOrThrow({ where: { organizationId, id } }),
    );
    expect(JSON.stringify(kept)).not.toContain(key);
    const usual = { name: "A", scopes: ["meter:read"], buildingIds: [], perMinute: 60 };
    const wanted = { ...usual, expiresAt: null, takesOverFrom: null, now: NOW };
    const foreignId = foreign.meter.flat.buildingId;
    const cases = [
      [{ name: " " }, "no-name"],
      [{ scopes: [] }, "no-scope"],
      [{ scopes: ["meter:read", "key:manage"] }, "no-scope"],
      [{ perMinute: 1_000_000 }, "not-a-rate"],
      [{ expiresAt: NOW }, "expires-in-the-past"],
      [{ buildingIds: [foreignId] }, "building-not-found"],
      [{ buildingIds: ["x"] }, "building-not-found"],
      [{ takesOverFrom: newId() }, "key-not-found"],
    ] as const;
    for (const [change, error] of cases) {
      expect(await createApiKey(scope, { ...wanted, ...change })).toEqual({ ok: false, error });
    }
  });
});
