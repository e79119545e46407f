import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decideApproval, inScope, listApprovals } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { listTrialBalance } from "@/lib/ledger";
import { newId } from "@/lib/platform";
import { findPurchase, vendPurchase } from "@/lib/vending";
import { type Counter, openCounter } from "@/prisma/seed/counter";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { recordOf } from "@/prisma/seed/purchase-record";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { createDesk, findOwnShift, openSale, openShift, refundCash, takeCash } from "..";

const NOW = new Date("2026-06-01T08:30:00Z");

let signer: SignerProcess;
let shop: Shop;
let counter: Counter;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  counter = await openCounter(shop, NOW, 20_000n);
});

const away = {
  ...{ generatePracticeKey: () => Promise.reject(new Error("away")) },
  issue: () => Promise.reject(new Error("the signer is away")),
} as unknown as SignerProcess["issuer"];

const open = (amountText = "500", more: object = {}, who = counter.cashier) =>
  openSale(who, {
    ...{ meterId: shop.meter.meterId, amountText, requestKey: newId(), now: NOW },
    ...{ addressKey: shop.tools.addressKey, ...more },
  });
const priced = async (amountText = "500") => granted(await open(amountText)).purchaseId;
const take = (purchaseId: string, more: object = {}, who: OrgScope = counter.cashier) =>
  takeCash(who, { purchaseId, tenderedMinor: null, issuer: signer.issuer, now: NOW, ...more });
const record = (purchaseId: string) => recordOf(shop.meter.scope, purchaseId);

async function balances() {
  const dayAfter = "2026-06-02";
  const rows = await listTrialBalance(counter.manager, { buildingId: null, dayAfter });
  return new Map(rows.map((row) => [row.account, row]));
}

describe("a sale for cash", () => {
  it("is paid, in the drawer, and one token set, however often it is sent", async () => {
    const purchaseId = await priced();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => take(purchaseId, { tenderedMinor: 100_000n })),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect((await take(purchaseId)).ok).toBe(true);
    const sold = await record(purchaseId);
    expect(sold).toMatchObject({
      life: ["quoted", "awaiting_payment", "paid", "reserved", "issued"],
      payments: [{ status: "applied" }],
      ...{ receiptSeries: "D1", receiptNumber: 1n },
    });
    expect(sold.digits).toHaveLength(1);
    const shift = await findOwnShift(counter.cashier);
    expect(shift?.movements.slice(1)).toMatchObject([
      { kind: "sale", amountMinor: 50_000n, tenderedMinor: 100_000n, purchase: { id: purchaseId } },
    ]);
    const books = await balances();
    expect(books.has("provider_clearing")).toBe(false);
    expect(books.get("cash_drawer")).toMatchObject({ balanceMinor: -150_000n });
  });

  it("is one purchase for one form, and refused when the form says something else", async () => {
    const requestKey = newId();
    const answers = await Promise.all([1, 2, 3].map(() => open("500", { requestKey })));
    const ids = answers.map((answer) => granted(answer).purchaseId);
    expect(new Set(ids).size).toBe(1);
    expect(await open("501", { requestKey })).toMatchObject({
      error: { code: "request-key-reused" },
    });
  });

  it.each(["1e3", "NaN", "-5", "0", "0.001", "٥٠٠", "12,50", "9223372036854775808"])(
    "does not take %s for an amount",
    async (amountText) => {
      expect(await open(amountText)).toMatchObject({ error: { code: "amount-invalid" } });
    },
  );

  it("asks for as much as it costs", async () => {
    const purchaseId = await priced();
    expect(await take(purchaseId, { tenderedMinor: 49_999n })).toMatchObject({
      error: "too-little",
    });
    expect((await record(purchaseId)).life).toEqual(["quoted"]);
  });

  it("holds no longer than its price", async () => {
    const purchaseId = await priced();
    const late = new Date(NOW.getTime() + 86_400_000);
    expect(await take(purchaseId, { now: late })).toMatchObject({ error: "price-expired" });
    expect((await findOwnShift(counter.cashier))?.sums.sale.count).toBe(0);
  });

  it("stays paid while the signer is away, and its token follows", async () => {
    const purchaseId = await priced();
    expect((await take(purchaseId, { issuer: away })).ok).toBe(true);
    expect((await record(purchaseId)).status).toBe("reserved");
    await vendPurchase(shop.meter.scope, { purchaseId, issuer: signer.issuer, now: NOW });
    expect(await record(purchaseId)).toMatchObject({
      ...{ status: "issued", receiptSeries: "D1", receiptNumber: 1n },
    });
  });

  it("numbers receipts of a desk without a gap, of many at once", async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => priced("100")));
    await Promise.all(ids.map((id) => take(id)));
    for (const purchaseId of ids) {
      const later = new Date(NOW.getTime() + 3_600_000);
      await vendPurchase(shop.meter.scope, { purchaseId, issuer: signer.issuer, now: later });
    }
    const sold = await Promise.all(ids.map(record));
    const numbers = sold.map(({ receiptNumber }) => Number(receiptNumber));
    expect(numbers.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(sold.map(({ receiptSeries }) => receiptSeries))).toEqual(new Set(["D1"]));
  });
});

describe("who may not", () => {
  it("sells without a shift", async () => {
    const { organizationId } = shop.meter.scope;
    const other = await makeMember(organizationId, { role: "cashier", now: NOW });
    expect(await open("500", {}, other)).toMatchObject({ error: { code: "no-shift" } });
    expect(await take(await priced(), {}, other)).toMatchObject({ error: "no-shift" });
  });

  it("is of another organization finds nothing, and nothing of it is sold here", async () => {
    const elsewhere = await openShop(signer.issuer, NOW);
    const theirs = await openCounter(elsewhere, NOW);
    const purchaseId = await priced();
    expect(await take(purchaseId, {}, theirs.cashier)).toMatchObject({
      error: "purchase-not-found",
    });
    const { meterId } = elsewhere.meter;
    expect(await open("500", { meterId })).toMatchObject({ error: { code: "meter-not-found" } });
    expect(await take("x")).toMatchObject({ error: "purchase-not-found" });
  });

  it("is limited to other buildings", async () => {
    const { organizationId } = shop.meter.scope;
    const far = await makeMember(organizationId, { role: "cashier", now: NOW, buildingIds: [] });
    expect(await take(await priced(), {}, far)).toMatchObject({ error: "purchase-not-found" });
  });

  it("stands at a desk of other buildings", async () => {
    const { organizationId } = shop.meter.scope;
    const purchaseId = await priced();
    const other = await makeMember(organizationId, { role: "cashier", now: NOW });
    const elsewhere = await inScope(shop.meter.scope, async (tx) => {
      const {
        id: _id,
        searchKey: _key,
        ...row
      } = await tx.db.building.findFirstOrThrow({
        where: { organizationId },
      });
      const id = newId();
      await tx.db.building.createMany({ data: [{ ...row, id, name: "Far away" }] });
      return id;
    });
    const desk = { name: "Far", currency: "KES", refundLimitMinor: null, now: NOW } as const;
    const { manager } = counter;
    const made = granted(await createDesk(manager, { ...desk, buildingIds: [elsewhere] }));
    granted(await openShift(other, { id: newId(), ...made, floatMinor: 0n, now: NOW }));
    expect(await take(purchaseId, {}, other)).toMatchObject({ error: "not-this-building" });
    expect(await open("500", {}, other)).toMatchObject({ error: { code: "not-this-building" } });
  });
});

describe("cash back", () => {
  /** A purchase that was paid in cash and gets no token: its meter was blocked meanwhile. */
  async function unserved(amountText: string): Promise<string> {
    const purchaseId = await priced(amountText);
    const block = (status: string) =>
      inScope(counter.manager, (tx) =>
        tx.db.meter.updateMany({
          where: { organizationId: counter.manager.organizationId, id: shop.meter.meterId },
          data: { status },
        }),
      );
    await block("blocked");
    expect((await take(purchaseId)).ok).toBe(true);
    await block("active");
    expect((await findPurchase(counter.manager, purchaseId))?.status).toBe("refund_due");
    return purchaseId;
  }
  const refund = (purchaseId: string, note = "no token could be had") =>
    refundCash(counter.cashier, { purchaseId, note, now: NOW });

  it("goes out of the drawer once, whole, with a word why", async () => {
    const purchaseId = await unserved("150");
    expect(await refund(purchaseId, " ")).toMatchObject({ error: "no-note" });
    const answers = await Promise.all([1, 2, 3, 4].map(() => refund(purchaseId)));
    expect(answers.every((answer) => answer.ok && answer.value === "refunded")).toBe(true);
    const shift = await findOwnShift(counter.cashier);
    expect(shift?.sums).toMatchObject({
      refund: { count: 1, amountMinor: -15_000n },
      expectedMinor: 100_000n,
    });
    expect(await record(purchaseId)).toMatchObject({
      ...{ status: "refunded", payments: [{ status: "refunded" }], balances: {} },
    });
    const books = await balances();
    expect(books.has("provider_clearing")).toBe(false);
    expect(books.get("cash_drawer")).toMatchObject({ balanceMinor: -100_000n });
  });

  it("of more than the limit waits for a second person, and is paid after that", async () => {
    const purchaseId = await unserved("500");
    const { organizationId } = shop.meter.scope;
    const books = await makeMember(organizationId, { role: "accountant", now: NOW });
    expect(await refund(purchaseId)).toEqual({ ok: true, value: "asked" });
    expect(await refund(purchaseId)).toEqual({ ok: true, value: "asked" });
    const { waiting } = await listApprovals(books, { now: NOW, take: 50 });
    const asked = waiting.filter(({ kind }) => kind === "refund");
    expect(asked).toHaveLength(1);
    const [{ id: approvalId, requestHash } = { id: "", requestHash: "" }] = asked;
    const decision = { approvalId, requestHash, isApproved: true, now: NOW };
    expect((await decideApproval(books, decision)).ok).toBe(true);
    expect(await refund(purchaseId)).toEqual({ ok: true, value: "refunded" });
    expect(await refund(purchaseId)).toEqual({ ok: true, value: "refunded" });
    expect((await findOwnShift(counter.cashier))?.sums.refund.count).toBe(1);
  });

  it("is not for what has a token, nor for what was not paid here", async () => {
    const purchaseId = await priced();
    expect(await refund(purchaseId)).toMatchObject({ error: "not-due" });
    await take(purchaseId);
    expect(await refund(purchaseId)).toMatchObject({ error: "not-due" });
    expect(await refund(newId())).toMatchObject({ error: "purchase-not-found" });
  });
});
