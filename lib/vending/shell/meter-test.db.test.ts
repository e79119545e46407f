import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decideApproval, findGuestScopeByMeter, inScope, withdrawApproval } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { balancesOf, listMovementsOf } from "@/lib/ledger";
import { workerPool } from "@/lib/platform/databases";
import { createMeter, decideNumber, findMeter, installMeter } from "@/lib/property";
import { signerClient } from "@/lib/signer";
import { decodeToken, type MeterNumber, SecretKey } from "@/lib/sts";
import { freshMeterNumber } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { makeMember } from "@/prisma/seed/member";
import { openShop, type Shop } from "@/prisma/seed/shop";
import { type SignerProcess, startSigner } from "@/prisma/seed/signer-process";
import {
  answerMeterTest,
  auditIssue,
  endMeterTest,
  issueApproved,
  listIssues,
  startMeterTest,
} from "..";

const NOW = new Date("2026-06-01T08:30:00Z");
const afterHours = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const refusal = (error: object) => ({ ok: false, error });

let signer: SignerProcess;
let shop: Shop;
let asker: OrgScope;
let second: OrgScope;
let meterNumber: MeterNumber;
let meterId: string;

beforeAll(async () => {
  signer = await startSigner();
});
afterAll(() => signer.stop());
beforeEach(async () => {
  shop = await openShop(signer.issuer, NOW);
  const { organizationId } = shop.meter.scope;
  asker = await makeMember(organizationId, { role: "manager", now: NOW });
  second = await makeMember(organizationId, { role: "administrator", now: NOW });
  meterNumber = freshMeterNumber();
  meterId = await claim(shop);
});

async function claim({ meter, vendingKeyId }: Shop): Promise<string> {
  const named = { meterNumber, vendingKeyId, tariffIndex: 1, state: "claimed" } as const;
  return granted(await createMeter(meter.scope, { ...named, now: NOW }));
}

const start = (now = NOW, scope = asker) =>
  startMeterTest(scope, { meterId, reason: "ours since June", now });
const answer = (testId: string, roseText: string, now = NOW, scope = asker) =>
  answerMeterTest(scope, { meterId, testId, roseText, now });
const issue = (approvalId: string, now = NOW, issuer = signer.issuer) =>
  issueApproved(asker, { approvalId, issuer, now });

async function newest() {
  const [found] = await listIssues(asker, { meterId, take: 1 });
  assert(found?.test, "a test stands there");
  return { ...found, test: found.test };
}

async function approve(): Promise<string> {
  const { approvalId, requestHash } = await newest();
  granted(await decideApproval(second, { approvalId, requestHash, isApproved: true, now: NOW }));
  return approvalId;
}

/** What the meter's display would show: the token read with the meter's own key. */
async function riseOf(digits: string): Promise<string> {
  const { organizationId } = shop.meter.scope;
  const made = await signer.issuer.manufacture({ organizationId, meterId });
  const read = decodeToken(digits, new SecretKey(Buffer.from(made.decoderKeyHex, "hex")));
  assert(read.ok && "units" in read.value, "a test token is a credit token");
  const { units } = read.value;
  return `${units / 10n}.${units % 10n}`;
}

async function issued() {
  const testId = granted(await start());
  const approvalId = await approve();
  const [digits = ""] = granted(await issue(approvalId));
  return { testId, approvalId, digits, rose: await riseOf(digits) };
}

const wrongFor = (rose: string, step: number) => (rose === `4.${step}` ? "3.9" : `4.${step}`);
const proof = async (id = meterId) => (await findMeter(asker, id, NOW))?.proof;

describe("a test token", () => {
  it("read right from the meter proves the number, and guests may buy", async () => {
    const { testId, rose, approvalId } = await issued();
    expect(await findGuestScopeByMeter(meterNumber)).toBeNull();
    expect(await answer(testId, `${rose} kWh`)).toEqual({ ok: true, value: null });
    expect(await proof()).toBe("verified");
    expect(await findGuestScopeByMeter(meterNumber)).toMatchObject({ meterId });
    expect((await newest()).test).toMatchObject({ state: "passed", tries: 1 });
    expect(await answer(testId, rose)).toEqual(refusal({ code: "not-open" }));
    expect(await start()).toEqual(refusal({ code: "already-verified" }));
    expect(await auditIssue(asker, approvalId)).toEqual([]);
  });

  it("adds between 0.1 and 5 kWh, and not always the same", async () => {
    const seen = new Set<string>();
    for (let time = 0; time < 4; time += 1) {
      meterNumber = freshMeterNumber();
      meterId = await claim(shop);
      const { rose } = await issued();
      expect(Number(rose)).toBeGreaterThanOrEqual(0.1);
      expect(Number(rose)).toBeLessThanOrEqual(5);
      seen.add(rose);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it("asked for again, or by eight at once, has the same digits", async () => {
    granted(await start());
    const approvalId = await approve();
    const made = await Promise.all(Array.from({ length: 8 }, () => issue(approvalId)));
    expect(new Set(made.map((each) => granted(each)[0])).size).toBe(1);
    expect(granted(await issue(approvalId, afterHours(100)))).toEqual(
      granted(await issue(approvalId)),
    );
  });

  it("wrong three times is void; a new one needs a new approval", async () => {
    const { testId, rose } = await issued();
    expect(await answer(testId, wrongFor(rose, 1))).toEqual(
      refusal({ code: "wrong", triesLeft: 2 }),
    );
    expect(await answer(testId, "much")).toEqual(refusal({ code: "not-a-figure" }));
    expect(await answer(testId, wrongFor(rose, 2))).toEqual(
      refusal({ code: "wrong", triesLeft: 1 }),
    );
    expect(await answer(testId, wrongFor(rose, 3))).toEqual(refusal({ code: "void" }));
    expect(await answer(testId, rose)).toEqual(refusal({ code: "not-open" }));
    expect(await proof()).toBe("claimed");
    const again = granted(await start());
    const { approvalId } = await newest();
    expect(await issue(approvalId)).toEqual(refusal({ code: "not-approved" }));
    expect(again).not.toBe(testId);
  });

  it("guessed at from many sides at once has three tries all the same", async () => {
    const { testId, rose } = await issued();
    const guesses = Array.from({ length: 40 }, (_, step) => `${step / 10 + 0.1}`.slice(0, 3));
    const wrong = guesses.filter((guess) => guess !== rose).slice(0, 20);
    const answers = await Promise.all(wrong.map((guess) => answer(testId, guess)));
    const codes = answers.map((each) => (each.ok ? "right" : each.error.code));
    expect(codes.filter((code) => code === "wrong")).toHaveLength(2);
    expect(codes.filter((code) => code === "void")).toHaveLength(1);
    expect(codes.filter((code) => code === "not-open")).toHaveLength(17);
  });

  it("after three tests that were guessed wrong the operator decides", async () => {
    for (let time = 0; time < 3; time += 1) {
      const { testId, rose } = await issued();
      for (const step of [1, 2, 3]) await answer(testId, wrongFor(rose, step));
    }
    expect(await start()).toEqual(refusal({ code: "tests-used-up" }));
    const { organizationId } = asker;
    const decision = { meterNumber, organizationId, reason: "seen on site", now: NOW };
    expect(await decideNumber(decision)).toMatchObject({ ok: true });
    expect(await proof()).toBe("verified");
  });

  it("thaws a contested number, and freezes the claim of who could not read it", async () => {
    const other = await openShop(signer.issuer, NOW);
    const theirs = await claim(other);
    expect(await proof()).toBe("contested");
    const { testId, rose } = await issued();
    granted(await answer(testId, rose));
    expect(await proof()).toBe("verified");
    const lost = await findMeter(other.meter.scope, theirs, NOW);
    expect(lost).toMatchObject({ proof: "contested", isProvedElsewhere: true });
  });

  it("read right when another has proved the number meanwhile goes to the operator", async () => {
    const other = await openShop(signer.issuer, NOW);
    await claim(other);
    const { testId, rose } = await issued();
    const { organizationId } = other.meter.scope;
    granted(await decideNumber({ meterNumber, organizationId, reason: "papers", now: NOW }));
    expect(await answer(testId, rose)).toEqual(refusal({ code: "proved-elsewhere" }));
    expect(await proof()).toBe("contested");
    expect(await start()).toEqual(refusal({ code: "proved-elsewhere" }));
  });

  it("is over after three days, whoever asks", async () => {
    const { testId, rose } = await issued();
    await endMeterTest(asker, testId, afterHours(71));
    expect((await newest()).test.state).toBe("issued");
    expect(await answer(testId, rose, afterHours(72))).toEqual(refusal({ code: "too-late" }));
    expect(await answer(testId, rose)).toEqual(refusal({ code: "not-open" }));
    const next = granted(await start(afterHours(72)));
    await endMeterTest(asker, next, afterHours(500));
    expect((await newest()).test.state).toBe("asked");
  });

  it("is one at a time, and one whose request came to nothing makes room", async () => {
    const answers = await Promise.all([start(), start(), start()]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual([
      refusal({ code: "test-under-way" }),
      refusal({ code: "test-under-way" }),
    ]);
    // What was refused left no request behind it.
    expect(await listIssues(asker, { meterId, take: 10 })).toHaveLength(1);
    granted(await withdrawApproval(asker, (await newest()).approvalId, NOW));
    granted(await start());
    granted(await start(afterHours(72)));
  });

  it("is nothing for another organization, another meter or a role without it", async () => {
    const other = await openShop(signer.issuer, NOW);
    const { organizationId } = other.meter.scope;
    const stranger = await makeMember(organizationId, { role: "administrator", now: NOW });
    expect(await start(NOW, stranger)).toEqual(refusal({ code: "meter-not-found" }));
    const { testId, rose, approvalId } = await issued();
    expect(await answer(testId, rose, NOW, stranger)).toEqual(refusal({ code: "not-open" }));
    const wrong = { meterId: shop.meter.meterId, testId, roseText: rose, now: NOW };
    expect(await answerMeterTest(asker, wrong)).toEqual(refusal({ code: "not-open" }));
    const foreign = { approvalId, issuer: signer.issuer, now: NOW };
    expect(await issueApproved(stranger, foreign)).toEqual(refusal({ code: "not-found" }));
    expect(await listIssues(stranger, { meterId, take: 5 })).toEqual([]);
    const limited = await makeMember(asker.organizationId, {
      role: "manager",
      now: NOW,
      buildingIds: [shop.meter.flat.buildingId],
    });
    expect(await start(NOW, limited)).toEqual(refusal({ code: "meter-not-found" }));
    expect(await answer(testId, rose, NOW, limited)).toEqual(refusal({ code: "not-open" }));
    const cashier = await makeMember(asker.organizationId, { role: "cashier", now: NOW });
    await expect(start(NOW, cashier)).rejects.toThrow("may not ask");
  });

  it("that the signer could not make yet is made by whoever asks again", async () => {
    granted(await start());
    const approvalId = await approve();
    const away = signerClient("/nonexistent/signer.sock");
    await expect(issue(approvalId, NOW, away)).rejects.toThrow("away");
    const { test } = await newest();
    expect(await answer(test.id, "1")).toEqual(refusal({ code: "not-open" }));
    expect(granted(await issue(approvalId))).toHaveLength(1);
  });
});

describe("the amount of a test", () => {
  it("stands in no request, audit entry, work or ledger until the test is over", async () => {
    const { meter } = shop;
    granted(await installMeter(meter.scope, { meterId, unitId: meter.unitId, startsAt: NOW }));
    const { testId, approvalId, rose } = await issued();
    const { organizationId } = asker;
    const movements = () => inScope(asker, (tx) => listMovementsOf(tx, approvalId));
    expect(await movements()).toEqual([]);
    expect(await auditIssue(asker, approvalId)).toEqual([]);
    const written = await inScope(asker, async (tx) => ({
      request: await tx.db.approvalRequest.findMany({ where: { organizationId } }),
      audit: await tx.db.auditEntry.findMany({
        where: { organizationId, at: { gte: NOW } },
        select: { action: true, detail: true, before: true, after: true },
      }),
    }));
    // Its ids and kinds; how often it was tried is a small number too.
    const ofWork = "SELECT subject_id, kind FROM due_work WHERE organization_id = $1";
    const { rows: work } = await workerPool().query(ofWork, [organizationId]);
    const told = JSON.stringify([
      written.request.map(({ request }) => request),
      written.audit,
      work,
    ]);
    const units = rose.replace(".", "").replace(/^0/, "");
    for (const form of [`"${rose}"`, `"${units}"`, `:${units}[,}]`, `"${units}00"`]) {
      expect(told).not.toMatch(new RegExp(form.replace(".", "\\.")));
    }
    expect(await listIssues(asker, { meterId, take: 1 })).toMatchObject([{ energyWh: null }]);
    granted(await answer(testId, rose));
    // 25 shillings a kilowatt-hour and 16 % on top, at full value.
    const balances = balancesOf(await movements());
    const worth = Number(rose) * 25 * 116;
    expect(Number(-(balances.get("free_issues") ?? 0n))).toBe(
      Math.ceil(Math.round(worth * 100) / 100),
    );
    expect(await auditIssue(asker, approvalId)).toEqual([]);
  });
});
