import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inScope } from "@/lib/access";
import { newId } from "@/lib/platform";
import { type Counter, openCounter } from "@/prisma/seed/counter";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import {
  closeShift,
  countShift,
  createDesk,
  endDesk,
  findOwnShift,
  findShift,
  listDesks,
  listShifts,
  moveCash,
  openSale,
  openShift,
  takeCash,
} from "..";

const NOW = new Date("2026-06-01T08:30:00Z");
const LATER = new Date("2026-06-01T16:00:00Z");

let signer: SignerProcess;
let shop: Shop;
let counter: Counter;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  counter = await openCounter(shop, NOW);
});

const member = (role: "cashier" | "manager" | "accountant", buildingIds?: readonly string[]) =>
  makeMember(shop.meter.scope.organizationId, {
    ...{ role, now: NOW, permission: "desk:read" },
    ...(buildingIds ? { buildingIds } : {}),
  });

async function sell(amountText = "500", now = NOW) {
  const { cashier } = counter;
  const { meterId } = shop.meter;
  const asked = { meterId, amountText, requestKey: newId(), addressKey: shop.tools.addressKey };
  const { purchaseId } = granted(await openSale(cashier, { ...asked, now }));
  const { issuer } = signer;
  return takeCash(cashier, { purchaseId, tenderedMinor: null, issuer, now });
}

const count = (totalMinor: bigint, number = 1, who = counter.cashier) =>
  countShift(who, {
    ...{ shiftId: counter.shiftId, number, now: LATER },
    counted: { totalMinor, pieces: {} },
  });
const close = (number = 1, reason = "", who = counter.cashier) =>
  closeShift(who, { shiftId: counter.shiftId, number, reason, now: LATER });

/** What the ledger says lies in the drawer of the desk. */
function drawerMinor(): Promise<bigint> {
  const { organizationId } = shop.meter.scope;
  return inScope(shop.meter.scope, async (tx) => {
    const rows = await tx.db.ledgerTransfer.findMany({
      where: { organizationId, deskId: counter.deskId },
      select: { debitAccount: true, amountMinor: true },
    });
    return rows.reduce(
      (sum, row) =>
        row.debitAccount === "cash_drawer" ? sum + row.amountMinor : sum - row.amountMinor,
      0n,
    );
  });
}

/** By account, what all transfers of the shift moved: credit less debit. */
function movedBy(reason: string): Promise<bigint> {
  const { organizationId } = shop.meter.scope;
  return inScope(shop.meter.scope, async (tx) => {
    const { _sum } = await tx.db.ledgerTransfer.aggregate({
      where: { organizationId, correlationId: counter.shiftId, reason },
      _sum: { amountMinor: true },
    });
    return _sum.amountMinor ?? 0n;
  });
}

describe("a shift", () => {
  it("begins with what was counted, and once for a form sent twice", async () => {
    const { cashier, deskId, shiftId } = counter;
    const again = { id: shiftId, deskId, floatMinor: 100_000n, now: NOW };
    expect(await openShift(cashier, again)).toMatchObject({ ok: true });
    expect(await findOwnShift(cashier)).toMatchObject({
      ...{ id: shiftId, number: 1, state: "open" },
      sums: { expectedMinor: 100_000n },
    });
    expect(await drawerMinor()).toBe(100_000n);
  });

  it("is the only one at its desk and the only one of its person, of many at once", async () => {
    const { manager, deskId, cashier } = counter;
    const id = () => newId();
    const asked = { floatMinor: 0n, now: NOW };
    const other = await member("cashier");
    expect(await openShift(other, { ...asked, id: id(), deskId })).toMatchObject({
      error: "desk-taken",
    });
    const desk = {
      name: "Gate",
      currency: "KES",
      buildingIds: [],
      refundLimitMinor: null,
    } as const;
    const { deskId: gate } = granted(await createDesk(manager, { ...desk, now: NOW }));
    expect(await openShift(cashier, { ...asked, id: id(), deskId: gate })).toMatchObject({
      error: "person-has-one",
    });
    const crowd = await Promise.all([1, 2, 3, 4].map(() => member("cashier")));
    const answers = await Promise.all(
      crowd.map((one) => openShift(one, { ...asked, id: id(), deskId: gate })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const free = await member("cashier");
    const { deskId: third } = granted(await createDesk(manager, { ...desk, now: NOW }));
    const { deskId: fourth } = granted(await createDesk(manager, { ...desk, now: NOW }));
    const both = await Promise.all(
      [third, fourth].map((at) => openShift(free, { ...asked, id: id(), deskId: at })),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("is nobody else's to see, count or close, but for who answers for the desks", async () => {
    const other = await member("cashier");
    const office = await member("accountant");
    const stranger = await makeStranger();
    for (const nobody of [other, stranger]) {
      expect(await findShift(nobody, counter.shiftId)).toBeNull();
      expect(await count(1n, 1, nobody)).toMatchObject({ error: "shift-not-found" });
      expect(await close(1, "", nobody)).toMatchObject({ error: "shift-not-found" });
      expect(await listShifts(nobody, { take: 10 })).toEqual([]);
    }
    expect(await findShift(office, counter.shiftId)).toMatchObject({ id: counter.shiftId });
    expect((await count(100_000n, 1, office)).ok).toBe(true);
    expect((await close(1, "", office)).ok).toBe(true);
    expect(await findShift(office, counter.shiftId)).toMatchObject({
      ...{ state: "closed", closedBy: office.userId, userId: counter.cashier.userId },
    });
  });
});

async function makeStranger() {
  const elsewhere = await openShop(signer.issuer, NOW);
  const { organizationId } = elsewhere.meter.scope;
  return makeMember(organizationId, { role: "administrator", now: NOW });
}

describe("cash brought and taken", () => {
  const move = (kind: "paid-in" | "paid-out", amountMinor: bigint, more = {}) =>
    moveCash(counter.cashier, {
      ...{ id: newId(), kind, amountMinor, note: "to the safe", now: NOW },
      ...more,
    });

  it("is in the drawer or not, once for each form", async () => {
    const id = newId();
    expect((await move("paid-out", 30_000n, { id })).ok).toBe(true);
    expect((await move("paid-out", 30_000n, { id })).ok).toBe(true);
    expect(await move("paid-out", 30_001n, { id })).toMatchObject({ error: "request-key-reused" });
    expect((await move("paid-in", 5_000n)).ok).toBe(true);
    expect(await drawerMinor()).toBe(75_000n);
    const shift = await findOwnShift(counter.cashier);
    expect(shift?.sums.expectedMinor).toBe(75_000n);
    expect(shift?.movements.map(({ number, kind }) => [number, kind])).toEqual([
      [1, "float"],
      [2, "paid-out"],
      [3, "paid-in"],
    ]);
  });

  it("is never more than there is, and never without a word", async () => {
    expect(await move("paid-out", 100_001n)).toMatchObject({ error: "more-than-there" });
    expect(await move("paid-out", 1n, { note: "  " })).toMatchObject({ error: "no-note" });
    const answers = await Promise.all([1, 2, 3].map(() => move("paid-out", 60_000n)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await drawerMinor()).toBe(40_000n);
  });

  it("asks for a shift", async () => {
    const other = await member("cashier");
    const asked = { id: newId(), kind: "paid-in", amountMinor: 1n, note: "x", now: NOW } as const;
    expect(await moveCash(other, asked)).toMatchObject({ error: "no-shift" });
  });
});

describe("the cash-up", () => {
  it("banks what was counted, and the drawer holds nothing", async () => {
    await sell("500");
    expect(await drawerMinor()).toBe(150_000n);
    expect(await close()).toMatchObject({ error: "not-counted" });
    expect((await count(150_000n)).ok).toBe(true);
    expect((await close()).ok).toBe(true);
    expect(await drawerMinor()).toBe(0n);
    expect(await findShift(counter.cashier, counter.shiftId)).toMatchObject({
      ...{ state: "closed", expectedMinor: 150_000n, countedMinor: 150_000n, reason: null },
    });
    expect(await findOwnShift(counter.cashier)).toBeNull();
  });

  it.each([
    ["short", 140_000n, "cash.short", 10_000n],
    ["over", 150_700n, "cash.over", 700n],
  ] as const)("a drawer that is %s is booked with a reason", async (_, counted, reason, minor) => {
    await sell("500");
    expect((await count(counted)).ok).toBe(true);
    expect(await close(1, "  ")).toMatchObject({ error: "no-reason" });
    expect((await close(1, "a note stuck")).ok).toBe(true);
    expect(await movedBy(reason)).toBe(minor);
    expect(await drawerMinor()).toBe(0n);
  });

  it("stands on the last count, and every count stays", async () => {
    expect((await count(10_000n)).ok).toBe(true);
    expect((await count(10_000n)).ok).toBe(true);
    expect((await count(100_000n, 2)).ok).toBe(true);
    expect(await close(1, "short")).toMatchObject({ error: "counted-again" });
    expect((await close(2)).ok).toBe(true);
    const shift = await findShift(counter.manager, counter.shiftId);
    expect(shift?.counts.map(({ totalMinor }) => totalMinor)).toEqual([10_000n, 100_000n]);
  });

  it("closes once, of many at once, and nothing of a closed shift changes", async () => {
    await count(90_000n);
    const answers = await Promise.all([1, 2, 3, 4].map(() => close(1, "a note is missing")));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await movedBy("cash.short")).toBe(10_000n);
    const closed = await findShift(counter.manager, counter.shiftId);
    expect(await count(1n, 2)).toMatchObject({ error: "shift-closed" });
    expect((await close(1, "another reason")).ok).toBe(true);
    expect(await findShift(counter.manager, counter.shiftId)).toEqual(closed);
  });
});

describe("a sale and a count at the same time", () => {
  it("either the sale is in what was expected, or it was refused", async () => {
    const [sold, counted] = await Promise.all([sell("500"), count(100_000n)]).catch(() => [
      null,
      null,
    ]);
    const shift = await findShift(counter.cashier, counter.shiftId);
    const sales = shift?.sums.sale.count ?? 0;
    if (sold) expect(sales).toBe(sold.ok ? 1 : 0);
    if (counted) expect(counted.ok).toBe(true);
    expect(await drawerMinor()).toBe(shift?.sums.expectedMinor);
    await close(1, "counted while selling");
    expect(await drawerMinor()).toBe(0n);
  });

  it("nothing is sold, brought or opened once the drawer was counted", async () => {
    const { cashier } = counter;
    const { meterId } = shop.meter;
    const asked = { meterId, amountText: "500", addressKey: shop.tools.addressKey, now: NOW };
    const opened = granted(await openSale(cashier, { ...asked, requestKey: newId() }));
    await count(100_000n);
    const taken = { ...opened, tenderedMinor: null, issuer: signer.issuer, now: NOW };
    expect(await takeCash(cashier, taken)).toMatchObject({ error: "being-counted" });
    expect(await openSale(cashier, { ...asked, requestKey: newId() })).toMatchObject({
      error: { code: "being-counted" },
    });
    const moved = { id: newId(), kind: "paid-in", amountMinor: 1n, note: "x", now: NOW } as const;
    expect(await moveCash(cashier, moved)).toMatchObject({ error: "being-counted" });
    await close();
    expect(await takeCash(cashier, taken)).toMatchObject({ error: "no-shift" });
    expect(await drawerMinor()).toBe(0n);
  });
});

describe("a desk", () => {
  it("goes out of use when nobody is at it, and takes no shift any more", async () => {
    const { manager, deskId } = counter;
    expect(await endDesk(manager, { deskId, now: NOW })).toMatchObject({ error: "desk-taken" });
    await count(100_000n);
    await close();
    expect((await endDesk(manager, { deskId, now: NOW })).ok).toBe(true);
    expect(await listDesks(manager)).toEqual([]);
    const again = { id: newId(), deskId, floatMinor: 0n, now: NOW };
    expect(await openShift(counter.cashier, again)).toMatchObject({ error: "desk-not-found" });
  });

  it("has a name and the currency of its buildings", async () => {
    const { buildingId } = shop.meter.flat;
    const add = (more: object) =>
      createDesk(counter.manager, {
        ...{ name: "Gate", currency: "KES", buildingIds: [buildingId], refundLimitMinor: null },
        ...{ now: NOW, ...more },
      });
    expect(await add({ name: "  " })).toMatchObject({ error: "name-invalid" });
    expect(await add({ currency: "UGX" })).toMatchObject({ error: "building-other-currency" });
    expect(await add({ buildingIds: [newId()] })).toMatchObject({ error: "building-not-found" });
    expect(await add({ buildingIds: ["x"] })).toMatchObject({ error: "building-not-found" });
    const numbers = await Promise.all([add({}), add({}), add({})]);
    expect(numbers.every(({ ok }) => ok)).toBe(true);
    const desks = await listDesks(counter.manager);
    expect(desks.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it("of other buildings is not there for who is limited", async () => {
    const { buildingId } = shop.meter.flat;
    const { manager } = counter;
    const far = await member("cashier", [newId()].slice(1));
    const asked = { name: "Gate", currency: "KES", refundLimitMinor: null, now: NOW } as const;
    const { deskId } = granted(await createDesk(manager, { ...asked, buildingIds: [buildingId] }));
    const names = (await listDesks(far)).map(({ name }) => name);
    expect(names).toEqual(["Office"]);
    const shift = { id: newId(), deskId, floatMinor: 0n, now: NOW };
    expect(await openShift(far, shift)).toMatchObject({ error: "desk-not-found" });
  });
});
