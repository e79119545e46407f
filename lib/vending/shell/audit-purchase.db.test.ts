import { afterAll, beforeAll, expect, it } from "vitest";
import { assert } from "@/lib/kernel";
import type { LedgerAccount } from "@/lib/ledger";
import { newId } from "@/lib/platform";
import { setMeterStatus } from "@/lib/property";
import { signerClient } from "@/lib/signer";
import { payFor, sell } from "@/prisma/seed/practice-sale";
import { recordOf } from "@/prisma/seed/purchase-record";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { auditPurchase, vendPurchase } from "..";

const NOW = new Date("2026-06-01T08:30:00Z");

let signer: SignerProcess;
let shop: Shop;

beforeAll(async () => {
  signer = await startSigner();
  shop = await openShop(signer.issuer, NOW);
});
afterAll(() => signer.stop());

const sale = () => ({ meterId: shop.meter.meterId, amountText: "29", now: NOW });
const audit = (purchaseId: string) => auditPurchase(shop.meter.scope, purchaseId);
const sold = async () => (await sell(shop.meter.scope, sale(), shop.tools)).purchaseId;

async function reserved(): Promise<string> {
  const { purchaseId } = await payFor(shop.meter.scope, sale(), shop.tools);
  const issuer = signerClient("/nonexistent/signer.sock");
  const vended = vendPurchase(shop.meter.scope, { purchaseId, issuer, now: NOW });
  await expect(vended).rejects.toThrow("away");
  return purchaseId;
}

type Planted = readonly [debit: LedgerAccount, credit: LedgerAccount];

function plantTransfer(purchaseId: string, [debit, credit]: Planted): Promise<void> {
  const text = `INSERT INTO ledger_transfer (organization_id, id, at, debit_account, credit_account,
    amount_minor, currency, reason, correlation_id, building_id, occupancy_id)
    SELECT organization_id, $2, at, $3, $4, 1, currency, 'correction', correlation_id, building_id,
      occupancy_id FROM ledger_transfer WHERE correlation_id = $1 LIMIT 1`;
  return writeAsOwner("ledger_transfer", text, [purchaseId, newId(), debit, credit]);
}

it("finds nothing at any step of a sale that goes well", async () => {
  const waiting = await reserved();
  expect(await audit(waiting)).toEqual([]);
  expect(await audit(await sold())).toEqual([]);
});

it.each<[string, Planted, string]>([
  [
    "more came in than was paid",
    ["provider_clearing", "landlord_payable"],
    "amount-not-fully-split",
  ],
  ["less came in than was paid", ["tax_payable", "provider_clearing"], "amount-not-fully-split"],
  ["money stays with the vend", ["landlord_payable", "vend_pending"], "money-left-in-between"],
  ["money stays unallocated", ["wallet", "customer_unallocated"], "money-left-in-between"],
  ["money waits to be paid back", ["landlord_payable", "refunds_payable"], "money-left-in-between"],
])("finds of a sold purchase that %s", async (_what, planted, finding) => {
  const purchaseId = await sold();
  await plantTransfer(purchaseId, planted);
  expect(await audit(purchaseId)).toEqual([finding]);
});

it("finds a sold purchase whose token is gone", async () => {
  const purchaseId = await sold();
  const { tokenSetId } = await recordOf(shop.meter.scope, purchaseId);
  const text = "DELETE FROM meter_token WHERE token_set_id = $1";
  await writeAsOwner("meter_token", text, [tokenSetId]);
  expect(await audit(purchaseId)).toEqual(["token-missing"]);
});

it("finds a token that stands before its purchase was issued", async () => {
  const purchaseId = await reserved();
  const { tokenSetId } = await recordOf(shop.meter.scope, purchaseId);
  assert(tokenSetId, "a reserved purchase has a token set");
  const text = `INSERT INTO meter_token (organization_id, token_set_id, position, digits, issued_at)
    VALUES ($1, $2, 1, '12345678901234567890', $3)`;
  const { organizationId } = shop.meter.scope;
  await writeAsOwner("meter_token", text, [organizationId, tokenSetId, NOW]);
  expect(await audit(purchaseId)).toEqual(["token-without-purchase-issued"]);
});

it("finds money of a refund that has not left", async () => {
  const { purchaseId } = await payFor(shop.meter.scope, sale(), shop.tools);
  const { scope, meterId } = shop.meter;
  await setMeterStatus(scope, meterId, "blocked", NOW);
  const vend = { purchaseId, issuer: shop.tools.issuer, now: NOW };
  expect(await vendPurchase(scope, vend)).toBe("refund_due");
  await setMeterStatus(scope, meterId, "active", NOW);
  // A refund that is due and waits is no fault.
  expect(await audit(purchaseId)).toEqual([]);
});

it("says of a purchase that nobody has that it is not found", async () => {
  expect(await audit(newId())).toEqual(["purchase-not-found"]);
});
