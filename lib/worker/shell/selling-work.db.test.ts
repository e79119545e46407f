import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { inScope } from "@/lib/access";
import { providersOf } from "@/lib/payments";
import { newId } from "@/lib/platform";
import { closePools, workerPool } from "@/lib/platform/databases";
import { setMeterStatus } from "@/lib/property";
import { SecretKey } from "@/lib/sts";
import { integrator, makeApiKey } from "@/prisma/seed/integrator";
import { recordOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { workHandler } from "./handle-work";
import { runOnce } from "./work-loop";

const NOW = new Date("2026-06-01T08:30:00Z");
const DAY_SECONDS = 86_400;
const afterSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

const signer: Promise<SignerProcess> = startSigner();
let shop: Shop;
let call: ReturnType<typeof integrator>;

beforeEach(async () => {
  const { issuer } = await signer;
  shop = await openShop(issuer, NOW);
  // The worker sees everybody's work: what other tests left would be done here.
  await workerPool().query("DELETE FROM outbox");
  await workerPool().query("DELETE FROM due_work");
  const { key } = await makeApiKey(shop.meter.scope.organizationId, NOW);
  call = integrator({ key, issuer, now: NOW });
});
afterAll(async () => {
  await (await signer).stop();
  await closePools();
});

/** One round of the worker, which has no provider but the integrator's own account. */
async function work(seconds: number): Promise<void> {
  const credentialKey = new SecretKey(new Uint8Array(32));
  const providers = providersOf({ siteUrl: "https://example.org", credentialKey, practice: null });
  const handle = workHandler({ issuer: (await signer).issuer, providers, callback: null });
  await runOnce(handle, { now: () => afterSeconds(seconds) });
}

describe("the worker", () => {
  it("books back what no token can be had for, without asking any provider", async () => {
    const { meterNumber: meter, meterId, scope } = shop.meter;
    const amount = { minor: "50000", currency: "KES" };
    const quote = await call("createQuote", { body: { meter, amount } });
    await setMeterStatus(scope, meterId, "blocked", NOW);
    const body = { quote: quote.json.id, client_reference: newId(), payment_reference: newId() };
    const bought = await call("createPurchase", { body });
    expect(bought.json).toMatchObject({ state: "refund_due", tokens: [] });
    await work(60);
    const ended = await recordOf(scope, String(bought.json.id));
    expect(ended).toMatchObject({ status: "refunded", balances: {}, payments: [{}] });
    const read = await call("readPurchase", { target: String(bought.json.id) });
    expect(read.json).toMatchObject({ state: "refunded" });
  });

  it("forgets a key's answers after thirty days, and comes back each day until then", async () => {
    const { meterNumber: meter, scope } = shop.meter;
    const amount = { minor: "50000", currency: "KES" };
    const sent = { body: { meter, amount }, idempotencyKey: newId() };
    const first = await call("createQuote", sent);
    for (const day of [1, 2, 30]) await work(day * DAY_SECONDS);
    expect((await call("createQuote", sent)).text).toBe(first.text);
    await work(31 * DAY_SECONDS + 1);
    const { organizationId } = scope;
    const left = await inScope(scope, (tx) =>
      tx.db.apiRequest.count({ where: { organizationId } }),
    );
    expect(left).toBe(0);
    const text = "SELECT 1 FROM due_work WHERE organization_id = $1 AND kind = 'api.forget'";
    expect((await workerPool().query(text, [organizationId])).rowCount).toBe(1);
  });
});
