import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callScoped, decideApproval, editApproval, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { balancesOf, listMovementsOf } from "@/lib/ledger";
import { newId } from "@/lib/platform";
import { signerPool, webPool, workerPool } from "@/lib/platform/databases";
import { createMeter, setMeterStatus } from "@/lib/property";
import { signerClient } from "@/lib/signer";
import { freshMeterNumber } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { sell } from "@/prisma/seed/practice-sale";
import { writeAsOwner } from "@/prisma/seed/roles/as-owner";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import { auditIssue, finishIssue, issueApproved, listIssues, requestFreeIssue } from "..";

const NOW = new Date("2026-06-01T08:30:00Z");
const afterHours = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const refusal = (code: string) => ({ ok: false, error: { code } });
const AWAY = signerClient("/nonexistent/signer.sock");

let signer: SignerProcess;
let shop: Shop;
let asker: OrgScope;
let second: OrgScope;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  const { organizationId } = shop.meter.scope;
  asker = await makeMember(organizationId, { role: "caretaker", now: NOW });
  second = await makeMember(organizationId, { role: "administrator", now: NOW });
});

const ask = (change: Partial<Parameters<typeof requestFreeIssue>[1]> = {}, scope = asker) => {
  const { meterId } = shop.meter;
  const wish = { meterId, energyWh: 5_000n, reason: "the old meter kept 5 kWh", now: NOW };
  return requestFreeIssue(scope, { ...wish, ...change });
};
const issue = (approvalId: string, now = NOW, issuer = signer.issuer) =>
  issueApproved(asker, { approvalId, issuer, now });

async function approved(): Promise<string> {
  const approvalId = granted(await ask());
  const [{ requestHash = "" } = {}] = await listIssues(asker, {
    meterId: shop.meter.meterId,
    take: 1,
  });
  granted(await decideApproval(second, { approvalId, requestHash, isApproved: true, now: NOW }));
  return approvalId;
}

async function record(approvalId: string) {
  const { organizationId } = asker;
  return inScope(asker, async (tx) => {
    const set = await tx.db.tokenSet.findUnique({
      where: { organizationId_approvalId: { organizationId, approvalId } },
      select: {
        id: true,
        purchaseId: true,
        reservations: {
          select: { amountUnits: true, tokenIdMinutes: true, token: { select: { digits: true } } },
        },
      },
    });
    const approval = await tx.db.approvalRequest.findUniqueOrThrow({
      where: { organizationId_id: { organizationId, id: approvalId } },
    });
    const balances = balancesOf(await listMovementsOf(tx, approvalId));
    return {
      state: approval.state,
      set,
      balances: Object.fromEntries([...balances].filter(([, amount]) => amount !== 0n)),
    };
  });
}

async function queuedFor(approvalId: string): Promise<readonly string[]> {
  const text = "SELECT kind FROM outbox WHERE subject_id = $1";
  const { rows } = await workerPool().query<{ kind: string }>(text, [approvalId]);
  return rows.map(({ kind }) => kind);
}

/** The function as the web would call it, past this room's code. */
async function reserve(approvalId: string, change: Readonly<Record<string, unknown>> = {}) {
  const { buildingId } = shop.meter.flat;
  const { occupancyId, meterId } = shop.meter;
  return callScoped(shop.meter.scope, "issue_reserve", {
    approvalId,
    meterId,
    tokenSetId: newId(),
    amountUnits: 50,
    randomNibble: 1,
    value: { buildingId, occupancyId, currency: "KES", energyMinor: 12_500n, taxMinor: 2_000n },
    now: NOW,
    ...change,
  });
}

describe("a token that nobody pays for", () => {
  it("is approved, made once, and stands in the books at its full value", async () => {
    const approvalId = await approved();
    const [digits] = granted(await issue(approvalId));
    expect(digits).toMatch(/^\d{20}$/);
    // 5 kWh at 25 shillings and 16 % tax.
    const done = await record(approvalId);
    expect(done).toMatchObject({
      state: "used",
      set: { purchaseId: null, reservations: [{ amountUnits: 50, token: { digits } }] },
      balances: { free_issues: -14_500n, landlord_payable: 12_500n, tax_payable: 2_000n },
    });
    expect(await queuedFor(approvalId)).toEqual(["issue.issued"]);
    expect(await auditIssue(asker, approvalId)).toEqual([]);
    expect(granted(await issue(approvalId, afterHours(1_000)))).toEqual([digits]);
    expect(await record(approvalId)).toEqual(done);
  });

  it("asked for by sixteen at once is one token, and the next sale takes the next id", async () => {
    const approvalId = await approved();
    const made = await Promise.all(Array.from({ length: 16 }, () => issue(approvalId)));
    expect(new Set(made.map((each) => granted(each)[0])).size).toBe(1);
    const { set } = await record(approvalId);
    const sale = { meterId: shop.meter.meterId, amountText: "500", now: NOW };
    const { status } = await sell(shop.meter.scope, sale, shop.tools);
    expect(status).toBe("issued");
    const { rows } = await signerPool().query<{ id: number }>(
      "SELECT token_id_minutes AS id FROM journal_entry WHERE meter_id = $1 ORDER BY 1",
      [shop.meter.meterId],
    );
    expect(rows.map(({ id }) => id)).toEqual([
      set?.reservations[0]?.tokenIdMinutes,
      (set?.reservations[0]?.tokenIdMinutes ?? 0) + 1,
    ]);
  });

  it("cut off after it was reserved is finished by the sweep, with the same token", async () => {
    const approvalId = await approved();
    await expect(issue(approvalId, NOW, AWAY)).rejects.toThrow("away");
    const waiting = await record(approvalId);
    expect(waiting).toMatchObject({ state: "used", set: { reservations: [{ token: null }] } });
    expect(await queuedFor(approvalId)).toEqual(["issue.issue"]);
    expect(await auditIssue(asker, approvalId)).toEqual(["token-missing"]);
    const finish = { approvalId, issuer: signer.issuer, now: afterHours(1) };
    expect(await finishIssue(shop.meter.scope, finish)).toBe("issued");
    const done = await record(approvalId);
    expect(done.set?.reservations[0]?.tokenIdMinutes).toBe(
      waiting.set?.reservations[0]?.tokenIdMinutes,
    );
    expect(done.balances).toEqual(waiting.balances);
  });

  it("cut off after the signer journalled it is the token of the journal", async () => {
    const approvalId = await approved();
    await expect(issue(approvalId, NOW, AWAY)).rejects.toThrow("away");
    const { set } = await record(approvalId);
    const { organizationId } = asker;
    const [said] = await signer.issuer.issue({ organizationId, tokenSetIds: [set?.id ?? ""] });
    const digits = said?.outcome === "issued" ? said.tokens.map((token) => token.digits) : [];
    expect(granted(await issue(approvalId))).toEqual(digits);
  });

  it("that the signer refuses is never made, and its value is taken back once", async () => {
    const approvalId = await approved();
    const text = "UPDATE meter SET encryption_algorithm = 7 WHERE id = $1";
    await writeAsOwner("meter", text, [shop.meter.meterId]);
    expect(await issue(approvalId)).toEqual(refusal("refused"));
    expect(await issue(approvalId)).toEqual(refusal("refused"));
    const ended = await record(approvalId);
    expect(ended).toMatchObject({ state: "used", balances: {} });
    expect(await queuedFor(approvalId)).toEqual([]);
  });

  it("is not finished without the journal, nor given up without a refusal on record", async () => {
    const approvalId = await approved();
    await expect(issue(approvalId, NOW, AWAY)).rejects.toThrow("away");
    const { scope } = shop.meter;
    const tokens = [{ position: 1, digits: "1".repeat(20) }];
    await expect(
      callScoped(scope, "issue_finish", { approvalId, tokens, now: NOW }),
    ).rejects.toThrow("the journal does not know");
    await expect(
      callScoped(scope, "issue_give_up", { approvalId, reason: "no", now: NOW }),
    ).rejects.toThrow("no refusal on record");
  });
});

describe("is refused", () => {
  it("before somebody else has approved it, and after its time", async () => {
    const waiting = granted(await ask());
    expect(await issue(waiting)).toEqual(refusal("not-approved"));
    const late = await approved();
    expect(await issue(late, afterHours(72))).toEqual(refusal("expired"));
    expect(await record(late)).toMatchObject({ state: "approved", set: null, balances: {} });
  });

  it("by the database for another meter, amount, building or approval", async () => {
    const approvalId = await approved();
    const { meterId } = await makeOther();
    for (const change of [
      { meterId },
      { meterId: newId() },
      { amountUnits: 51 },
      { amountUnits: 49 },
      { amountUnits: 0 },
      { value: null },
      { value: { buildingId: newId(), energyMinor: 1n } },
    ]) {
      const outcome = { outcome: "other-request" };
      expect(await reserve(approvalId, change), JSON.stringify(Object.keys(change))).toEqual(
        outcome,
      );
    }
    expect(await reserve(newId())).toEqual({ outcome: "not-approved" });
    const stranger = await openShop(signer.issuer, NOW);
    const foreign = { approvalId, meterId: stranger.meter.meterId, amountUnits: 50, now: NOW };
    expect(await callScoped(stranger.meter.scope, "issue_reserve", foreign)).toEqual({
      outcome: "not-approved",
    });
    expect(await record(approvalId)).toMatchObject({ state: "approved", set: null });
    expect(await reserve(approvalId)).toMatchObject({ outcome: "reserved" });
  });

  it("by the database under an approval of another kind, or one that is used", async () => {
    const approvalId = await approved();
    const web = await webPool().connect();
    try {
      const { organizationId } = asker;
      await web.query("SELECT set_config('voltlet.organization_id', $1, false)", [organizationId]);
      const used = "UPDATE approval_request SET state = 'used', used_at = $2 WHERE id = $1";
      await web.query(used, [approvalId, NOW]);
    } finally {
      web.release(true);
    }
    expect(await reserve(approvalId)).toEqual({ outcome: "not-approved" });
    expect(await issue(approvalId)).toEqual(refusal("not-approved"));
  });

  it("where what was asked for was edited: the approval is for what stands", async () => {
    const approvalId = granted(await ask());
    const { meterId } = shop.meter;
    const request = { meterId, energyWh: "9000" };
    granted(await editApproval(asker, { approvalId, request, reason: "more", now: NOW }));
    expect(await issue(approvalId)).toEqual(refusal("not-approved"));
  });

  it("for a blocked meter, one that is contested, and one that serves nobody", async () => {
    const { scope, meterId } = shop.meter;
    const approvalId = await approved();
    await setMeterStatus(scope, meterId, "blocked", NOW);
    expect(await issue(approvalId)).toEqual(refusal("meter-blocked"));
    expect(await ask()).toEqual(refusal("meter-blocked"));
    await setMeterStatus(scope, meterId, "active", NOW);
    const { meterId: idle } = await makeOther();
    expect(await ask({ meterId: idle })).toEqual(refusal("meter-not-found"));
    expect(granted(await issue(approvalId))).toHaveLength(1);
  });

  it.each([
    ["nothing", { energyWh: 0n }, "energy-out-of-range"],
    ["less than nothing", { energyWh: -100n }, "energy-out-of-range"],
    ["half a step", { energyWh: 150n }, "energy-out-of-range"],
    ["more than a token carries", { energyWh: 1_638_400n }, "energy-out-of-range"],
    ["no reason", { reason: "  " }, "reason-missing"],
    ["no meter", { meterId: "1" }, "meter-not-found"],
  ])("for %s", async (_name, change, code) => {
    expect(await ask(change)).toEqual(refusal(code));
  });

  it("to another organization, a role limited elsewhere, and one without the right", async () => {
    const approvalId = await approved();
    const { organizationId } = asker;
    const elsewhere = await makeMember(organizationId, {
      role: "caretaker",
      now: NOW,
      buildingIds: [],
    });
    const stranger = await makeMember(
      (await openShop(signer.issuer, NOW)).meter.scope.organizationId,
      {
        role: "administrator",
        now: NOW,
      },
    );
    const cashier = await makeMember(organizationId, { role: "cashier", now: NOW });
    const { issuer } = signer;
    for (const scope of [elsewhere, stranger, cashier]) {
      const answer = await issueApproved(scope, { approvalId, issuer, now: NOW });
      expect(answer).toEqual(refusal("not-found"));
    }
    expect(await ask({}, elsewhere)).toEqual(refusal("meter-not-found"));
    expect(await ask({}, stranger)).toEqual(refusal("meter-not-found"));
    await expect(ask({}, cashier)).rejects.toThrow("may not ask");
  });
});

it("a token set has exactly one owner", async () => {
  const { meterId } = shop.meter;
  const text = `INSERT INTO token_set (organization_id, id, meter_id, created_at)
    VALUES ($1, $2, $3, now())`;
  const values = [asker.organizationId, newId(), meterId];
  await expect(writeAsOwner("token_set", text, values)).rejects.toThrow("token_set_one_owner");
});

async function makeOther() {
  const { meter, vendingKeyId } = shop;
  const named = { meterNumber: freshMeterNumber(), vendingKeyId, tariffIndex: 1 } as const;
  const claim = { ...named, state: "claimed", now: NOW } as const;
  return { meterId: granted(await createMeter(meter.scope, claim)) };
}
