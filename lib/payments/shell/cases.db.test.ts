import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callScoped, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { workerPool } from "@/lib/platform/databases";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { makeMember } from "@/prisma/seed/member";
import { makePayablePurchase } from "@/prisma/seed/payable-purchase";
import {
  createEndpoint,
  decideCase,
  giveBackPayment,
  listCases,
  listPayments,
  type PaymentProvider,
  recordPayment,
} from "..";

const NOW = new Date("2026-02-01T09:00:00Z");
const NO_FILTER = { status: null, provider: null, reference: null, from: null, until: null };

let flat: Flat;
let endpointId: string;
let accountant: OrgScope;
let caseId: string;
let paymentId: string;
let reference: string;

beforeAll(async () => {
  flat = await makeFlat(NOW);
  endpointId = await createEndpoint(flat.scope, "practice", NOW);
  const { organizationId } = flat.scope;
  accountant = await makeMember(organizationId, { role: "accountant", now: NOW });
});
beforeEach(async () => {
  reference = newId();
  const booked = await recordPayment(flat.scope, {
    ...{ provider: "practice", providerReference: reference, endpointId, now: NOW },
    ...{ amountMinor: 20_000n, currency: "KES", account: "0100 0000 017", why: "unknown-meter" },
  });
  assert(booked.outcome === "unmatched", "it fits no purchase");
  paymentId = booked.paymentId;
  const cases = await listCases(accountant, { take: 50 });
  const one = cases.find(({ providerReference }) => providerReference === reference);
  assert(one, "it waits for a person");
  caseId = one.id;
});

const decide = (decision: "wallet" | "refund" | "write-down" | "refunded-by-hand") =>
  decideCase(accountant, { caseId, decision, meterNumber: flat.meterNumber, now: NOW });

function moved() {
  const { organizationId } = flat.scope;
  return inScope(flat.scope, async (tx) => {
    const { status } = await tx.db.payment.findFirstOrThrow({
      where: { organizationId, id: paymentId },
      select: { status: true },
    });
    const events = await tx.db.paymentEvent.findMany({
      where: { organizationId, paymentId },
      select: { toStatus: true },
      orderBy: { sequence: "asc" },
    });
    const transfers = await tx.db.ledgerTransfer.findMany({
      where: { organizationId, correlationId: paymentId },
      select: { debitAccount: true, creditAccount: true, amountMinor: true },
    });
    const suspense = transfers.reduce(
      (sum, { debitAccount, creditAccount, amountMinor }) =>
        sum +
        (creditAccount === "suspense" ? amountMinor : 0n) -
        (debitAccount === "suspense" ? amountMinor : 0n),
      0n,
    );
    return { status, life: events.map(({ toStatus }) => toStatus), suspense };
  });
}

const walletOf = () =>
  inScope(flat.scope, (tx) =>
    tx.db.wallet.findFirstOrThrow({
      where: { organizationId: flat.scope.organizationId, occupancyId: flat.occupancyId },
      select: { balanceMinor: true },
    }),
  );

describe("money that fits nothing", () => {
  it("is booked once to suspense, and waits with what its payer typed", async () => {
    const again = await recordPayment(flat.scope, {
      ...{ provider: "practice", providerReference: reference, endpointId, now: NOW },
      ...{ amountMinor: 20_000n, currency: "KES", why: "unknown-meter" },
    });
    expect(again).toMatchObject({ outcome: "known", paymentId, purchaseId: null });
    expect(await moved()).toEqual({ status: "received", life: ["received"], suspense: 20_000n });
    const [first] = (await listCases(accountant, { take: 50 })).filter(({ id }) => id === caseId);
    expect(first).toMatchObject({ why: "unknown-meter", account: "0100 0000 017" });
  });

  it("goes to a household's wallet, once for two clicks", async () => {
    const before = await walletOf();
    const answers = await Promise.all([decide("wallet"), decide("wallet"), decide("wallet")]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const after = await walletOf();
    expect(after.balanceMinor - before.balanceMinor).toBe(20_000n);
    expect(await moved()).toEqual({
      status: "on_account",
      life: ["received", "on_account"],
      suspense: 0n,
    });
    expect(await decide("refund")).toEqual({ ok: false, error: "already-decided" });
  });

  it("goes back whole through its provider, or waits for somebody's hand", async () => {
    expect(await decide("refund")).toMatchObject({ ok: true });
    const planned = await workerPool().query("SELECT kind FROM due_work WHERE subject_id = $1", [
      paymentId,
    ]);
    expect(planned.rows).toEqual([{ kind: "payment.return" }]);
    // It came without an attempt, so that no provider knows a checkout to pay back.
    const provider: PaymentProvider = {
      name: "practice",
      startCheckout: async () => ({ checkoutPath: "/" }),
      findCheckout: async () => ({ status: "unknown" }),
      refund: async () => "refunded",
    };
    const providers = async () => provider;
    for (const _time of [1, 2]) {
      expect(await giveBackPayment(flat.scope, { paymentId, providers, now: NOW })).toBe(true);
    }
    const open = (await listCases(accountant, { take: 50 })).filter(
      ({ providerReference }) => providerReference === reference,
    );
    expect(open).toMatchObject([{ kind: "refund-by-hand" }]);
    caseId = open[0]?.id ?? "";
    expect(await decide("wallet")).toEqual({ ok: false, error: "not-possible" });
    expect(await decide("refunded-by-hand")).toMatchObject({ ok: true });
    expect(await moved()).toEqual({
      status: "refunded",
      life: ["received", "refunding", "refunded"],
      suspense: 0n,
    });
  });

  it("is written down where it was never ours", async () => {
    expect(await decide("write-down")).toMatchObject({ ok: true });
    expect(await moved()).toMatchObject({ status: "written_down", suspense: 0n });
  });

  it("stays where it is for a meter nobody has, and for a decision of another kind", async () => {
    const given = { caseId, decision: "wallet", now: NOW } as const;
    expect(await decideCase(accountant, { ...given, meterNumber: "01000000017" })).toEqual({
      ok: false,
      error: "meter-not-found",
    });
    expect(await decide("refunded-by-hand")).toEqual({ ok: false, error: "not-possible" });
    expect(await moved()).toMatchObject({ status: "received" });
  });

  it("is not found by another organization", async () => {
    const { scope } = await makeFlat(NOW);
    const stranger = await makeMember(scope.organizationId, { role: "accountant", now: NOW });
    for (const decision of ["refund", "wallet"] as const) {
      const { meterNumber } = flat;
      const decided = await decideCase(stranger, { caseId, decision, meterNumber, now: NOW });
      expect(decided).toEqual({ ok: false, error: "case-not-found" });
    }
    expect(await listCases(stranger, { take: 5 })).toEqual([]);
    const listed = await listPayments(stranger, { filter: NO_FILTER, before: null, take: 5 });
    expect(listed).toEqual({ payments: [], hasOlder: false });
  });

  it("is listed by state and reference, in pages", async () => {
    const filter = { ...NO_FILTER, status: "received", reference } as const;
    const { payments } = await listPayments(accountant, { filter, before: null, take: 5 });
    expect(payments).toMatchObject([{ id: paymentId, amountMinor: 20_000n, purchaseId: null }]);
    const all = { filter: NO_FILTER, take: 1 };
    const first = await listPayments(accountant, { ...all, before: null });
    expect(first.hasOlder).toBe(true);
    const before = first.payments[0]?.id ?? null;
    const second = await listPayments(accountant, { ...all, before });
    expect(second.payments[0]?.id).not.toBe(before);
  });
});

describe("checkouts that are begun", () => {
  const NONE = { windowSeconds: 3_600, perMeter: 99, perPayer: 99, perAddress: 99 };

  it.each([
    ["meter", { perMeter: 3 }],
    ["payer", { perPayer: 2 }],
    ["address", { perAddress: 2 }],
  ] as const)("are limited by %s, and no more an hour later", async (by, limit) => {
    const fresh = await makeFlat(NOW);
    const limits = { ...NONE, ...limit };
    const counted = { payerHash: "p", addressHash: "a", limits };
    const begin = async (now: Date) => {
      const { purchaseId } = await makePayablePurchase(fresh, newId(), NOW);
      // Another endpoint is another way to pay, and so another attempt.
      const attempt = { purchaseId, attemptId: newId(), endpointId: newId(), now };
      return callScoped(fresh.scope, "purchase_start_payment", { ...attempt, ...counted });
    };
    const outcomes = [await begin(NOW), await begin(NOW), await begin(NOW)];
    expect(outcomes.at(0)).toMatchObject({ outcome: "started" });
    expect(outcomes.at(-1)).toEqual({ outcome: "too-many", by });
    expect(await begin(new Date(NOW.getTime() + 3_601_000))).toMatchObject({ outcome: "started" });
  });
});
