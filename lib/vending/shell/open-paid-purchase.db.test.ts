import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { newId } from "@/lib/platform";
import { recordOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { openPaidPurchase, vendPurchase } from "..";

const NOW = new Date("2026-06-01T08:30:00Z");

let signer: SignerProcess;
let shop: Shop;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
});

const addressKey = newId();
const arrive = (providerReference: string, amountMinor = 50_000n) =>
  openPaidPurchase(shop.meter.scope, {
    ...{ meterId: shop.meter.meterId, providerReference, amountMinor, addressKey, now: NOW },
    ...{ provider: "cash", currency: "KES", endpointId: null, account: shop.meter.meterNumber },
  });

it("money that comes first is quoted, paid and vended once, however often it is told", async () => {
  const reference = newId();
  const answers = await Promise.all([arrive(reference), arrive(reference), arrive(reference)]);
  const ids = answers.map((answer) => (answer.ok ? answer.value.purchaseId : answer.error.code));
  expect(new Set(ids).size).toBe(1);
  const [purchaseId = ""] = ids;
  const { scope } = shop.meter;
  await vendPurchase(scope, { purchaseId, issuer: signer.issuer, now: NOW });
  expect(await arrive(reference)).toMatchObject({ ok: true, value: { status: "issued" } });
  expect(await recordOf(scope, purchaseId)).toMatchObject({
    life: ["quoted", "awaiting_payment", "paid", "reserved", "issued"],
    payments: [{ status: "applied" }],
  });
});

it("money that buys less than a step is refused, and nothing is booked", async () => {
  expect(await arrive(newId(), 1n)).toMatchObject({
    ok: false,
    error: { code: "amount-too-small" },
  });
});
