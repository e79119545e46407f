import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { assert } from "@/lib/kernel";
import { decideCase, listCases } from "@/lib/payments";
import { closePools, workerPool } from "@/lib/platform/databases";
import { setMeterStatus } from "@/lib/property";
import { makeMember } from "@/prisma/seed/member";
import { openDaraja } from "@/prisma/seed/outside/daraja-town";
import { openPaybillShop, type PaybillShop } from "@/prisma/seed/outside/paybill-shop";
import { recordOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { workHandler } from "./handle-work";
import { runOnce } from "./work-loop";

// Money that came to a paybill, and every process that could have seen to it at once died.

const NOW = new Date("2026-06-01T08:30:00Z");
const afterSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

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
  await closePools();
});
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  paybill = await openPaybillShop(shop, { town, at: NOW });
  await workerPool().query("DELETE FROM outbox");
  await workerPool().query("DELETE FROM due_work");
});

function work(seconds: number) {
  const { providers } = paybill;
  const handle = workHandler({ issuer: signer.issuer, providers, callback: null });
  return runOnce(handle, { now: () => afterSeconds(seconds) });
}

const queued = async () => {
  const text = "SELECT kind FROM outbox UNION ALL SELECT kind FROM due_work ORDER BY 1";
  return (await workerPool().query<{ kind: string }>(text)).rows.map(({ kind }) => kind);
};
const staff = () =>
  makeMember(shop.meter.scope.organizationId, { role: "administrator", now: NOW });

it("is asked about after a minute when nobody told of it, and its token is made", async () => {
  await paybill.offer();
  expect(await queued()).toEqual(["payment.confirm"]);
  expect(await work(59)).toBe(0);
  town.fail(1);
  await work(60);
  expect(await paybill.payments()).toEqual([]);
  await work(90);
  const purchaseId = await paybill.answer({ now: afterSeconds(91) });
  expect(await queued()).toEqual(["purchase.vend"]);
  await work(97);
  expect(await recordOf(shop.meter.scope, purchaseId ?? "")).toMatchObject({ status: "issued" });
  expect(await paybill.payments()).toMatchObject([{ status: "applied" }]);
});

it("is asked about at once when it was told of, and left to a person after a day", async () => {
  await paybill.claim();
  expect(await work(0)).toBe(1);
  expect(await queued()).toEqual(["payment.confirm"]);
  await work(86_401);
  expect(await queued()).toEqual([]);
});

it("waits for somebody to send it back when its meter was blocked meanwhile", async () => {
  await paybill.claim();
  await work(0);
  const purchaseId = (await paybill.answer()) ?? "";
  const landlord = await staff();
  await setMeterStatus(landlord, shop.meter.meterId, "blocked", NOW);
  await work(6);
  await work(7);
  const [waiting, ...more] = await listCases(landlord, { take: 5 });
  assert(waiting, "it waits for a person");
  expect(more).toEqual([]);
  expect(waiting).toMatchObject({ kind: "refund-by-hand", amountMinor: 50_000n, purchaseId });
  const decided = { caseId: waiting.id, decision: "refunded-by-hand", now: NOW } as const;
  expect(await decideCase(landlord, decided)).toMatchObject({ ok: true });
  expect(await recordOf(shop.meter.scope, purchaseId)).toMatchObject({ status: "refunded" });
});
