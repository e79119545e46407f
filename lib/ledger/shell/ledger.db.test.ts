import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { callScoped } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { newId } from "@/lib/platform";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makeMember } from "@/prisma/seed/member";
import { makeSellingMeter, reserveTokenSet, type SellingMeter } from "@/prisma/seed/reservation";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import { makeIssuedSale } from "@/prisma/seed/roles/issued-sale";
import {
  findStatement,
  type LeasePosting,
  listLeaseAccounts,
  listTrialBalance,
  postForLease,
} from "..";

const OPENED = new Date("2026-05-01T08:00:00Z");
const NOW = new Date("2026-06-10T08:00:00Z");
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const ALL = { buildingId: null } as const;
const DAYS = { from: "2026-06-01", dayAfter: "2026-07-01" } as const;

let flat: Flat;
let meter: SellingMeter;
let office: OrgScope;

beforeEach(async () => {
  flat = await makeFlat(OPENED);
  meter = await makeSellingMeter(flat, { vendingKeyId: flat.vendingKeyId, now: OPENED });
  office = await makeMember(flat.scope.organizationId, { role: "accountant", now: NOW });
});

const book = (what: LeasePosting, amountMinor: bigint, id = newId()) =>
  postForLease(office, { id, leaseId: flat.leaseId, what, amountMinor, note: "a note", now: NOW });

const sumOf = (balances: readonly { readonly balanceMinor: bigint }[]) =>
  balances.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n);

describe("the trial balance", () => {
  it("is even whatever is bought, left in between, given up, charged or let off", async () => {
    let minute = 0;
    const step = fc.record({
      act: fc.constantFrom("issued", "reserved", "charged", "paid", "off", "taken", "returned"),
      units: fc.integer({ min: 1, max: 900 }),
    });
    const postings: Readonly<Record<string, LeasePosting>> = {
      charged: "arrears.charged",
      paid: "arrears.paid",
      off: "arrears.written-off",
      taken: "deposit.taken",
      returned: "deposit.returned",
    };
    const property = fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      for (const { act, units } of steps) {
        const now = after(minute++);
        const sale = { tokenUnits: units, randomNibble: 1, now };
        const posting = postings[act];
        if (act === "issued") await makeIssuedSale(meter, sale);
        else if (posting) await book(posting, BigInt(units));
        else await reserveTokenSet(meter, sale);
      }
      const balances = await listTrialBalance(office, { ...ALL, dayAfter: DAYS.dayAfter });
      expect(sumOf(balances)).toBe(0n);
    });
    await fc.assert(property, { numRuns: 8 });
  });

  it("takes each transfer by its building's own day", async () => {
    // Ten at night in UTC is one in the morning of the next day in Nairobi.
    await makeIssuedSale(meter, { tokenUnits: 10, now: new Date("2026-06-10T20:59:00Z") });
    await makeIssuedSale(meter, { tokenUnits: 20, now: new Date("2026-06-10T21:00:00Z") });
    const soldBefore = async (dayAfter: string) =>
      (await listTrialBalance(office, { ...ALL, dayAfter })).find(
        ({ account }) => account === "landlord_payable",
      )?.balanceMinor;
    expect(await soldBefore("2026-06-10")).toBeUndefined();
    expect(await soldBefore("2026-06-11")).toBe(1_000n);
    expect(await soldBefore("2026-06-12")).toBe(3_000n);
  });

  it("sees the own buildings alone, and nothing of another organization", async () => {
    await makeIssuedSale(meter, { tokenUnits: 10, now: NOW });
    await plantUnplaced();
    const { organizationId } = flat.scope;
    const ask = { ...ALL, dayAfter: DAYS.dayAfter };
    const limited = (buildingIds: readonly string[]) =>
      makeMember(organizationId, { role: "accountant", now: NOW, buildingIds });
    const accountsOf = async (scope: OrgScope, buildingId: string | null = null) =>
      (await listTrialBalance(scope, { ...ask, buildingId })).map(({ account }) => account);
    const own = ["provider_clearing", "landlord_payable"];
    expect(await accountsOf(office)).toEqual([...own, "suspense"]);
    expect(await accountsOf(office, flat.buildingId)).toEqual(own);
    expect(await accountsOf(await limited([flat.buildingId]))).toEqual(own);
    expect(await accountsOf(await limited([]))).toEqual([]);
    const stranger = await makeFlat(NOW);
    const beyond = await makeMember(stranger.scope.organizationId, { role: "viewer", now: NOW });
    for (const id of [null, flat.buildingId, "x", newId()]) {
      expect(await accountsOf(beyond, id)).toEqual([]);
    }
  });
});

/** Money that came in for nobody known, in no building. */
function plantUnplaced(): Promise<void> {
  const text = `INSERT INTO ledger_transfer (organization_id, id, at, debit_account,
    credit_account, amount_minor, currency, reason, correlation_id)
    VALUES ($1, $2, $3, 'provider_clearing', 'suspense', 700, 'KES', 'payment.unmatched', $2)`;
  return writeAsOwner("ledger_transfer", text, [flat.scope.organizationId, newId(), NOW]);
}

describe("an account's statement", () => {
  const ask = { ...ALL, ...DAYS, currency: "KES", after: null, take: 50 } as const;

  it("runs from what stood there to what stands there, and each row has its sale", async () => {
    await makeIssuedSale(meter, { tokenUnits: 10, now: new Date("2026-05-31T08:00:00Z") });
    const bought = await makeIssuedSale(meter, { tokenUnits: 20, now: NOW });
    await book("arrears.charged", 500n);
    const { openingMinor, closingMinor, rows } = await findStatement(office, {
      ...ask,
      account: "landlord_payable",
    });
    expect([openingMinor, closingMinor]).toEqual([1_000n, 3_500n]);
    expect(rows.map(({ reason, balanceMinor }) => [reason, balanceMinor])).toEqual(
      expect.arrayContaining([["sale.energy", expect.anything()]]),
    );
    expect(rows.at(-1)?.balanceMinor).toBe(closingMinor);
    const sale = rows.find(({ purchaseId }) => purchaseId === bought);
    expect(sale).toMatchObject({ receiptSeries: "W0", receiptNumber: 2n, other: "vend_pending" });
    const charge = rows.find(({ reason }) => reason === "arrears.charged");
    expect(charge).toMatchObject({ unitLabel: "B-204", detail: "a note", purchaseId: null });
  });

  it("reads the same page by page", async () => {
    for (const minute of [0, 1, 2, 3, 4]) {
      await makeIssuedSale(meter, { tokenUnits: 10 + minute, now: after(minute) });
    }
    const account = "provider_clearing";
    const whole = await findStatement(office, { ...ask, account });
    const pages = [];
    let cursor = null;
    for (let more = true; more; ) {
      const page = await findStatement(office, { ...ask, account, after: cursor, take: 2 });
      pages.push(...page.rows);
      cursor = page.rows.at(-1) ?? null;
      more = page.hasMore;
    }
    expect(pages).toEqual(whole.rows);
    expect(whole.rows).toHaveLength(5);
  });

  it("of a lease has what was booked for it alone", async () => {
    await book("arrears.charged", 500n);
    const ofLease = (leaseId: string) =>
      findStatement(office, { ...ask, account: "arrears_receivable", leaseId });
    expect((await ofLease(flat.leaseId)).closingMinor).toBe(-500n);
    for (const id of [newId(), "x"]) expect((await ofLease(id)).rows).toEqual([]);
  });
});

describe("what is booked for a lease", () => {
  it("is owed, let off at most as a whole, and kept as a deposit", async () => {
    expect(await book("arrears.charged", 900n)).toMatchObject({ value: { dueMinor: 900n } });
    expect(await book("arrears.written-off", 901n)).toMatchObject({
      error: { code: "more-than-due", dueMinor: 900n },
    });
    expect(await book("arrears.paid", 400n)).toMatchObject({ value: { dueMinor: 500n } });
    expect(await book("deposit.taken", 50n)).toMatchObject({ value: { depositMinor: 50n } });
    expect(await book("deposit.returned", 51n)).toMatchObject({
      error: { code: "more-than-held", depositMinor: 50n },
    });
    expect(await listLeaseAccounts(office, [flat.leaseId])).toEqual([
      { leaseId: flat.leaseId, dueMinor: 500n, depositMinor: 50n },
    ]);
  });

  it("twice with one id is booked once, and other content is refused", async () => {
    const id = newId();
    const many = await Promise.all([1, 2, 3, 4].map(() => book("arrears.charged", 300n, id)));
    expect(many).toEqual(Array(4).fill({ ok: true, value: expect.anything() }));
    expect(await book("arrears.charged", 301n, id)).toMatchObject({
      error: { code: "request-key-reused" },
    });
    const [account] = await listLeaseAccounts(office, [flat.leaseId]);
    expect(account?.dueMinor).toBe(300n);
  });

  it("let off by many at once goes to nothing and no further", async () => {
    await book("arrears.charged", 1_000n);
    const off = await Promise.all([1, 2, 3, 4].map(() => book("arrears.written-off", 400n)));
    expect(off.filter(({ ok }) => ok)).toHaveLength(2);
    const [account] = await listLeaseAccounts(office, [flat.leaseId]);
    expect(account?.dueMinor).toBe(200n);
  });

  it("is nothing for another organization, other buildings or a lease that is none", async () => {
    const stranger = await makeFlat(NOW);
    const beyond = await makeMember(stranger.scope.organizationId, {
      role: "accountant",
      now: NOW,
    });
    const limited = await makeMember(flat.scope.organizationId, {
      role: "accountant",
      now: NOW,
      buildingIds: [],
    });
    const asked = {
      id: newId(),
      what: "arrears.charged",
      amountMinor: 5n,
      note: "",
      now: NOW,
    } as const;
    for (const scope of [beyond, limited]) {
      const posted = await postForLease(scope, { ...asked, leaseId: flat.leaseId });
      expect(posted).toMatchObject({ error: { code: "lease-not-found" } });
    }
    const nobody = await postForLease(office, { ...asked, leaseId: newId() });
    expect(nobody).toMatchObject({ error: { code: "lease-not-found" } });
    expect(await listLeaseAccounts(beyond, [flat.leaseId])).toEqual([]);
  });

  it.each(["0", "-5"])("of %s is refused by the database", async (amountMinor) => {
    const { leaseId } = flat;
    const args = { id: newId(), leaseId, amountMinor, note: "", now: NOW };
    const charged = callScoped(flat.scope, "arrears_charge", args);
    await expect(charged).rejects.toThrow("nothing is booked");
  });
});
