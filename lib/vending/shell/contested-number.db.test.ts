import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { newId } from "@/lib/platform";
import { createMeter, decideNumber, installMeter } from "@/lib/property";
import type { MeterNumber } from "@/lib/sts";
import { freshMeterNumber } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { payFor, sell } from "@/prisma/seed/practice-sale";
import { recordOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { openPurchase, vendPurchase } from "..";

const NOW = new Date("2026-06-01T08:30:00Z");

let signer: SignerProcess;
let shop: Shop;
let other: Shop;
let meterNumber: MeterNumber;
let meterId: string;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  other = await openShop(signer.issuer, NOW);
  meterNumber = freshMeterNumber();
  meterId = await claim(shop);
  const { scope, unitId } = shop.meter;
  granted(await installMeter(scope, { meterId, unitId, startsAt: NOW }));
});

async function claim({ meter, vendingKeyId }: Shop): Promise<string> {
  const named = { meterNumber, vendingKeyId, tariffIndex: 1, state: "claimed" } as const;
  return granted(await createMeter(meter.scope, { ...named, now: NOW }));
}
const sale = () => ({ meterId, amountText: "500", now: NOW });
const open = () => {
  const request = { ...sale(), channel: "web", requestKey: newId(), addressKey: newId() } as const;
  return openPurchase(shop.meter.scope, request);
};

it("an unproved claim sells inside its organization", async () => {
  expect(await sell(shop.meter.scope, sale(), shop.tools)).toMatchObject({ status: "issued" });
});

it("a contested number sells for nobody, and again once it is proved", async () => {
  await claim(other);
  expect(await open()).toEqual({ ok: false, error: { code: "meter-contested" } });
  const { organizationId } = shop.meter.scope;
  granted(await decideNumber({ meterNumber, organizationId, reason: "papers", now: NOW }));
  expect(await open()).toMatchObject({ ok: true });
});

it("money paid before the number was contested goes back, and no token is made", async () => {
  const { purchaseId } = await payFor(shop.meter.scope, sale(), shop.tools);
  await claim(other);
  const vend = { purchaseId, issuer: signer.issuer, now: NOW };
  expect(await vendPurchase(shop.meter.scope, vend)).toBe("refund_due");
  expect(await recordOf(shop.meter.scope, purchaseId)).toMatchObject({
    digits: [],
    balances: { provider_clearing: -50_000n, refunds_payable: 50_000n },
  });
});
