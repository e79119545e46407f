import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decideApproval, findEndpointScope, listAudit } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { closePools, workerPool } from "@/lib/platform/databases";
import { decideCheckout } from "@/lib/practice";
import { createMeter, setMeterStatus } from "@/lib/property";
import { signerClient } from "@/lib/signer";
import { issueApproved, listIssues, requestFreeIssue, vendPurchase } from "@/lib/vending";
import { freshMeterNumber } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { approve, goToPay, payFor, sell } from "@/prisma/seed/practice-sale";
import { recordOf } from "@/prisma/seed/purchase-record";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { workHandler } from "./handle-work";
import { runOnce } from "./work-loop";

const NOW = new Date("2026-06-01T08:30:00Z");
const afterSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const AWAY = signerClient("/nonexistent/signer.sock");
const A_DAY_SECONDS = 86_400;

let signer: SignerProcess;
let shop: Shop;
let webhook: { readonly server: Server; readonly siteUrl: string };
let heard: string[];

beforeAll(async () => {
  signer = await startSigner();
  const server = createServer((request, response) => {
    heard.push(request.url ?? "");
    response.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  webhook = { server, siteUrl: `http://127.0.0.1:${port}` };
});
afterAll(async () => {
  webhook.server.close();
  await signer.stop();
  await closePools();
});
// The worker sees everybody's work: what other tests left would be done here.
beforeEach(async () => {
  heard = [];
  shop = await openShop(signer.issuer, NOW);
  await workerPool().query("DELETE FROM outbox");
  await workerPool().query("DELETE FROM due_work");
});

const saleOf = () => ({ meterId: shop.meter.meterId, amountText: "29", now: NOW });
const record = (purchaseId: string) => recordOf(shop.meter.scope, purchaseId);
const statusOf = async (purchaseId: string) => (await record(purchaseId)).status;

/** One round of the worker at an instant; gives how many pieces it took up. */
function work(seconds: number, change: { siteUrl?: string; issuer?: typeof AWAY } = {}) {
  const { siteUrl = webhook.siteUrl, issuer = signer.issuer } = change;
  const callback = { siteUrl, masterSecret: "master" };
  const providers = async () => shop.tools.provider;
  const handle = workHandler({ issuer, providers, callback });
  return runOnce(handle, { now: () => afterSeconds(seconds) });
}

async function queued(): Promise<readonly string[]> {
  const text = `SELECT kind FROM outbox UNION ALL SELECT kind FROM due_work ORDER BY 1`;
  const found = await workerPool().query<{ readonly kind: string }>(text);
  return found.rows.map(({ kind }) => kind);
}

describe("a paid purchase that nobody vended", () => {
  it("is vended after five seconds, then audited, and nothing is left to do", async () => {
    const { purchaseId } = await payFor(shop.meter.scope, saleOf(), shop.tools);
    await workerPool().query("DELETE FROM due_work");
    expect(await queued()).toEqual(["purchase.vend"]);
    expect(await work(4)).toBe(0);
    await work(5);
    expect(await statusOf(purchaseId)).toBe("issued");
    expect(await queued()).toEqual(["purchase.issued"]);
    await work(5);
    expect(await queued()).toEqual(["building.rollup"]);
    await work(10);
    expect(await queued()).toEqual([]);
    expect(await statusOf(purchaseId)).toBe("issued");
  });

  it("waits for its signer for as long as it takes, and is not reserved twice", async () => {
    const { purchaseId } = await payFor(shop.meter.scope, saleOf(), shop.tools);
    for (const seconds of [5, 10, 15, 20]) await work(seconds, { issuer: AWAY });
    const waiting = await record(purchaseId);
    expect(waiting).toMatchObject({ status: "reserved", digits: [] });
    await work(25);
    const sold = await record(purchaseId);
    expect(sold.status).toBe("issued");
    expect(sold.reservations[0]?.tokenIdMinutes).toBe(waiting.reservations[0]?.tokenIdMinutes);
  });

  it("is finished when the web died after reserving it", async () => {
    const { purchaseId } = await payFor(shop.meter.scope, saleOf(), shop.tools);
    const vend = { purchaseId, issuer: AWAY, now: NOW };
    await expect(vendPurchase(shop.meter.scope, vend)).rejects.toThrow("away");
    await workerPool().query("DELETE FROM due_work");
    expect(await queued()).toEqual(["purchase.issue"]);
    await work(5);
    expect(await statusOf(purchaseId)).toBe("issued");
  });

  it("waits its turn where a meter's minutes are sold out, and has its token then", async () => {
    await sell(shop.meter.scope, saleOf(), shop.tools);
    const text = `UPDATE meter_key_position SET last_token_id_minutes = last_token_id_minutes + 59
                   WHERE meter_id = $1`;
    await writeAsOwner("meter_key_position", text, [shop.meter.meterId]);
    const { purchaseId } = await payFor(shop.meter.scope, saleOf(), shop.tools);
    await work(5);
    expect(await statusOf(purchaseId)).toBe("paid");
    await work(40);
    expect(await statusOf(purchaseId)).toBe("paid");
    await work(80);
    expect(await statusOf(purchaseId)).toBe("issued");
  });
});

it("an issued purchase that breaks an invariant keeps its row, and so its alarm", async () => {
  const { purchaseId } = await sell(shop.meter.scope, saleOf(), shop.tools);
  const { tokenSetId } = await record(purchaseId);
  const text = "DELETE FROM meter_token WHERE token_set_id = $1";
  await writeAsOwner("meter_token", text, [tokenSetId]);
  for (const seconds of [5, 10, 15]) await work(seconds);
  expect(await queued()).toContain("purchase.issued");
});

describe("a checkout that the provider says nothing of", () => {
  it("is asked about, and a lost webhook costs nobody a token", async () => {
    const { purchaseId, checkoutPath } = await goToPay(shop.meter.scope, saleOf(), shop.tools);
    await approve(checkoutPath, NOW);
    await workerPool().query("DELETE FROM due_work WHERE kind = 'practice.callback'");
    expect(await queued()).toEqual(["payment.poll"]);
    expect(await work(19)).toBe(0);
    await work(20);
    expect(await statusOf(purchaseId)).toBe("issued");
  });

  it("and that nobody paid expires with its quote, and is still asked about", async () => {
    const { purchaseId, checkoutPath } = await goToPay(shop.meter.scope, saleOf(), shop.tools);
    await work(20);
    expect(await statusOf(purchaseId)).toBe("awaiting_payment");
    await work(901);
    expect(await record(purchaseId)).toMatchObject({
      status: "expired",
      payments: [],
      movements: [],
    });
    expect(await queued()).toEqual(["payment.poll"]);
    await approve(checkoutPath, afterSeconds(2_000));
    await workerPool().query("DELETE FROM due_work WHERE kind = 'practice.callback'");
    await work(2_000);
    expect(await statusOf(purchaseId)).toBe("issued");
  });

  it("is let go of after a day", async () => {
    const { purchaseId } = await goToPay(shop.meter.scope, saleOf(), shop.tools);
    await work(A_DAY_SECONDS);
    expect(await queued()).toEqual(["payment.poll"]);
    await work(A_DAY_SECONDS + 700);
    expect(await statusOf(purchaseId)).toBe("expired");
    expect(await queued()).toEqual([]);
  });

  it("and declined is closed", async () => {
    const { purchaseId, checkoutPath } = await goToPay(shop.meter.scope, saleOf(), shop.tools);
    const [checkoutId = "", endpointId = ""] = checkoutPath.split("/").reverse();
    const endpoint = await findEndpointScope(endpointId, "practice");
    assert(endpoint, "a checkout has an endpoint");
    await decideCheckout(endpoint, { checkoutId, decision: "decline", now: NOW });
    await work(20);
    expect(await statusOf(purchaseId)).toBe("declined");
    expect(heard).toEqual([`/api/webhooks/practice/${endpointId}`]);
    expect(await queued()).toEqual([]);
  });
});

it("money for which no token can be had goes back, once", async () => {
  const { purchaseId } = await payFor(shop.meter.scope, saleOf(), shop.tools);
  await setMeterStatus(shop.meter.scope, shop.meter.meterId, "blocked", NOW);
  await work(5);
  expect(await statusOf(purchaseId)).toBe("refund_due");
  await work(6);
  expect(await record(purchaseId)).toMatchObject({
    status: "refunded",
    payments: [{ status: "refunded" }],
    balances: {},
  });
  expect(await queued()).not.toContain("payment.refund");
});

it("a webhook that is not heard is sent again, until it is", async () => {
  const { checkoutPath } = await goToPay(shop.meter.scope, saleOf(), shop.tools);
  await approve(checkoutPath, NOW);
  await work(0, { siteUrl: "http://127.0.0.1:9" });
  expect(await queued()).toEqual(["payment.poll", "practice.callback"]);
  await work(10);
  expect(heard).toHaveLength(1);
  expect(await queued()).toEqual(["payment.poll"]);
});

describe("what two people approved", () => {
  it("and the web did not finish is made, then audited, and nothing is left to do", async () => {
    const { scope, meterId } = shop.meter;
    const { organizationId } = scope;
    const asker = await makeMember(organizationId, { role: "manager", now: NOW });
    const second = await makeMember(organizationId, { role: "manager", now: NOW });
    const wish = { meterId, energyWh: 5_000n, reason: "a repair", now: NOW };
    const approvalId = granted(await requestFreeIssue(asker, wish));
    const [{ requestHash = "" } = {}] = await listIssues(asker, { meterId, take: 1 });
    granted(await decideApproval(second, { approvalId, requestHash, isApproved: true, now: NOW }));
    const making = { approvalId, issuer: AWAY, now: NOW };
    await expect(issueApproved(asker, making)).rejects.toThrow("away");
    await workerPool().query("DELETE FROM due_work");
    expect(await queued()).toEqual(["issue.issue"]);
    await work(5, { issuer: AWAY });
    expect(await queued()).toEqual(["issue.issue"]);
    await work(20);
    const [made] = await listIssues(asker, { meterId, take: 1 });
    expect(made?.digits).toEqual([expect.stringMatching(/^\d{20}$/)]);
    await work(25);
    expect(await queued()).toEqual([]);
  });

  it("a contested number is told to whose it was, in that organization's own trail", async () => {
    const other = await openShop(signer.issuer, NOW);
    const meterNumber = freshMeterNumber();
    const claim = { meterNumber, tariffIndex: 1, state: "claimed", now: NOW } as const;
    for (const { meter, vendingKeyId } of [shop, other]) {
      granted(await createMeter(meter.scope, { ...claim, vendingKeyId }));
    }
    expect(await queued()).toContain("meter.contested");
    await work(1);
    await work(2);
    expect(await queued()).toEqual([]);
    const owner = await makeMember(shop.meter.scope.organizationId, {
      role: "administrator",
      now: NOW,
    });
    const filter = { who: null, action: "meter.contested", from: null, until: null };
    const { entries } = await listAudit(owner, { filter, before: null, take: 5 });
    expect(entries).toMatchObject([{ detail: { meterNumber }, after: { state: "contested" } }]);
  });
});
