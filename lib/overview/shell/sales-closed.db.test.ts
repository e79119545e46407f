import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addStaff, findOrgScope, lookAtJournal } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { signerPool } from "@/lib/platform/databases";
import { findPurchase, openPurchase, vendPurchase } from "@/lib/vending";
import { payFor, sell } from "@/prisma/seed/practice-sale";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { findAlarms } from "..";

// The row that a signer writes which finds the database put back; it is opened again at once, and
// lies in a year in which nobody sells.

const NOW = new Date("2026-06-01T08:30:00Z");
const CLOSED_AT = "2001-01-01T00:00:00Z";
let signer: SignerProcess;
let shop: Shop;
let staff: OrgScope;

beforeAll(async () => {
  signer = await startSigner();
  shop = await openShop(signer.issuer, NOW);
  const { organizationId } = shop.meter.scope;
  const userId = newId();
  const slug = `closed-${userId}`;
  await addStaff(organizationId, { userId, role: "administrator", slug, now: NOW });
  const scope = await findOrgScope({ userId, slug }, "audit:read", NOW);
  assert(scope !== null, "an administrator is let in");
  staff = scope;
});
afterAll(() => signer.stop());

async function whileClosed<T>(work: () => Promise<T>): Promise<T> {
  await signerPool().query(
    "INSERT INTO sales_closure (closed_at, reason) VALUES ($1, 'database-restored')",
    [CLOSED_AT],
  );
  try {
    return await work();
  } finally {
    const text = "UPDATE sales_closure SET reopened_at = closed_at WHERE closed_at = $1";
    await signerPool().query(text, [CLOSED_AT]);
  }
}

it("takes no new money, keeps what is paid waiting, and sells on by itself", async () => {
  const { scope, meterId } = shop.meter;
  const sale = { meterId, amountText: "500", now: NOW };
  const request = { ...sale, channel: "web", requestKey: newId(), addressKey: "secret" } as const;
  const { purchaseId } = await payFor(scope, sale, shop.tools);
  const vend = () => vendPurchase(scope, { purchaseId, issuer: shop.tools.issuer, now: NOW });
  await whileClosed(async () => {
    expect(await openPurchase(scope, request)).toEqual({
      ok: false,
      error: { code: "sales-closed" },
    });
    expect(await vend()).toBe("paid");
    expect(await findAlarms(staff)).toMatchObject({ areSalesClosed: true, unexplained: 0 });
  });
  expect(await vend()).toBe("issued");
  expect((await findPurchase(scope, purchaseId))?.status).toBe("issued");
  expect(await openPurchase(scope, request)).toMatchObject({ ok: true });
  expect(await findAlarms(staff)).toEqual({ areSalesClosed: false, unexplained: 0, last: null });
});

it("shows a token that nothing explains, with its meter, to its own staff", async () => {
  const { scope, meterId, meterNumber } = shop.meter;
  const { organizationId } = scope;
  await sell(scope, { meterId, amountText: "500", now: NOW }, shop.tools);
  expect(await lookAtJournal(organizationId, NOW)).toEqual([]);
  await signerPool().query(
    `INSERT INTO journal_entry (organization_id, chain, sequence, at, outcome, token_set_id,
       position, meter_id, vending_key_id, token_id_minutes, reservation, token_mac,
       previous_hash, hash)
     SELECT organization_id, 'ghost', 1, at, 'issued', gen_random_uuid(), 1, meter_id,
       vending_key_id, 1, reservation, $2, $2, $2
       FROM journal_entry WHERE organization_id = $1 LIMIT 1`,
    [organizationId, randomBytes(32)],
  );
  expect(await lookAtJournal(organizationId, NOW)).toMatchObject([{ code: "no-token-set" }]);
  const alarm = { areSalesClosed: false, unexplained: 1, last: { foundAt: NOW, meterNumber } };
  expect(await findAlarms(staff)).toEqual(alarm);
  const other = await openShop(signer.issuer, NOW);
  expect(await lookAtJournal(other.meter.scope.organizationId, NOW)).toEqual([]);
});
