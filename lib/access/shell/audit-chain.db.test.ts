import { describe, expect, it } from "vitest";
import { newId, systemClock, testEnv } from "@/lib/platform";
import { authPool, prismaFor, workerPool } from "@/lib/platform/databases";
import type { AuditAction } from "../core/audit-actions";
import { chainAudit, eraseAuditPersonal, recordAudit } from "./audit";
import { listAudit, listAuditPeople } from "./audit-search";
import { inScope, type ScopedTx } from "./in-scope";
import { findOrgScope, systemScope } from "./open-scopes";
import { addStaff, createOrganization } from "./organizations";
import { recordSignInChange } from "./person-audit";
import { verifyOrganization } from "./verify-audit";
import { claimWork, completeWork, enqueueDueWork } from "./work-queue";

const now = systemClock.now();
const publicKey = new Uint8Array(32);
const everything = { who: null, action: null, from: null, until: null };
const origin = { address: "203.0.113.9", userAgent: "a browser" };

async function open() {
  const name = "Acacia Court";
  const organizationId = await createOrganization({ name, legalName: name, taxNumber: null, now });
  const slug = `acacia-${organizationId}`;
  const userId = newId();
  const person = { id: userId, name: "Amina Odhiambo", email: `${userId}@example.org` };
  await prismaFor(authPool()).user.create({ data: { ...person, createdAt: now } });
  await addStaff(organizationId, { userId, role: "administrator", slug, now });
  const scope = await findOrgScope({ userId, slug, origin }, "audit:read", now);
  if (!scope) throw new Error("no scope");
  return { organizationId, userId, scope, system: systemScope(organizationId, "test") };
}

const block = (tx: ScopedTx, at = now, action: AuditAction = "meter.blocked") =>
  recordAudit(tx, { at, action, subjectKind: "meter", subjectId: newId(), detail: {} });

describe("the worker's chain", () => {
  it("links what was written, once, in the order in which it happened", async () => {
    const { organizationId, system } = await open();
    const late = new Date(now.getTime() + 1_000);
    await inScope(system, (tx) => block(tx, late));
    await inScope(system, (tx) => block(tx));
    expect(await chainAudit(system, now)).toBe(4);
    expect(await chainAudit(system, now)).toBe(0);
    const links = await inScope(system, (tx) =>
      tx.db.auditLink.findMany({
        where: { organizationId },
        orderBy: { sequence: "asc" },
        select: { sequence: true, entry: { select: { at: true } } },
        take: 9,
      }),
    );
    expect(links.map((link) => link.sequence)).toEqual([1n, 2n, 3n, 4n]);
    expect(links.at(-1)?.entry.at).toEqual(late);
    expect(await verifyOrganization(organizationId, { publicKey, now })).toMatchObject({
      links: 4n,
      fault: null,
    });
  });

  it("does not fork when two workers link at once", async () => {
    const { organizationId, system } = await open();
    for (let count = 0; count < 20; count++) await inScope(system, (tx) => block(tx));
    const counts = await Promise.all([1, 2, 3, 4].map(() => chainAudit(system, now)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(22);
    const verdict = await verifyOrganization(organizationId, { publicKey, now });
    expect(verdict).toMatchObject({ links: 22n, fault: null });
  });

  it("misses an entry or a signature that does not come within a minute", async () => {
    const { organizationId, system } = await open();
    const inAMinute = { publicKey, now: new Date(systemClock.now().getTime() + 61_000) };
    const unlinked = await verifyOrganization(organizationId, inAMinute);
    expect(unlinked.fault?.code).toBe("entry-not-linked");
    await chainAudit(system, now);
    const unsigned = await verifyOrganization(organizationId, inAMinute);
    expect(unsigned.fault).toEqual({ code: "not-signed", row: "1" });
  });
});

describe("work that is planned anew while it is being done", () => {
  const subject = (organizationId: string) =>
    workerPool().query(
      "SELECT attempts FROM due_work WHERE organization_id = $1 AND kind = 'audit.chain'",
      [organizationId],
    );
  const claim = async (organizationId: string) => {
    const claimed = await claimWork("due_work", new Date(1), 10_000);
    const item = claimed.find((one) => one.organizationId === organizationId);
    if (!item) throw new Error("nothing was planned");
    return item;
  };

  it("survives the completion of the earlier plan", async () => {
    const { organizationId, system } = await open();
    const item = await claim(organizationId);
    expect(item).toMatchObject({ kind: "audit.chain", subjectId: organizationId, attempts: 1 });
    await inScope(system, (tx) => block(tx));
    await completeWork(item);
    expect((await subject(organizationId)).rows).toEqual([{ attempts: 0 }]);
  });

  it("goes when nothing came in between, for every kind alike", async () => {
    const { organizationId, system } = await open();
    await completeWork(await claim(organizationId));
    expect((await subject(organizationId)).rows).toEqual([]);
    const subjectId = newId();
    const plan = { subjectId, kind: "payment.poll", dueAt: new Date(0) } as const;
    await inScope(system, (tx) => enqueueDueWork(tx, plan));
    const item = await claim(organizationId);
    await inScope(system, (tx) => enqueueDueWork(tx, plan));
    await completeWork(item);
    const left = await inScope(system, (tx) =>
      tx.db.dueWork.count({ where: { organizationId, subjectId } }),
    );
    expect(left).toBe(1);
  });
});

describe("what is personal", () => {
  it("is kept beside the entry, and erased without breaking the chain", async () => {
    const { organizationId, userId, scope, system } = await open();
    await inScope(scope, (tx) => block(tx));
    await chainAudit(system, now);
    const page = { filter: { ...everything, who: userId }, before: null, take: 10 };
    expect((await listAudit(scope, page)).entries).toMatchObject([
      { personName: "Amina Odhiambo", origin, sequence: 3n },
    ]);
    expect(await eraseAuditPersonal(system, userId, now)).toBe(1);
    await chainAudit(system, now);
    expect((await listAudit(scope, page)).entries).toMatchObject([{ origin: "erased" }]);
    const verdict = await verifyOrganization(organizationId, { publicKey, now });
    expect(verdict).toMatchObject({ links: 4n, fault: null });
  });

  it("of a change of password stands in every organization that the person opens", async () => {
    const { organizationId, userId, scope, system } = await open();
    const other = await createOrganization({ name: "B", legalName: "B", taxNumber: null, now });
    const slug = `b-${other}`;
    await addStaff(other, { userId, role: "viewer", slug, now });
    const change = { action: "person.password-changed", origin, now } as const;
    await recordSignInChange(userId, change);
    await recordSignInChange(newId(), change);
    const of = { where: { action: change.action }, select: { actorId: true, subjectId: true } };
    for (const place of [system, systemScope(other, "test")]) {
      const found = await inScope(place, (tx) => tx.db.auditEntry.findMany(of));
      expect(found).toEqual([{ actorId: userId, subjectId: userId }]);
    }
    const filter = { ...everything, action: change.action };
    const { entries } = await listAudit(scope, { filter, before: null, take: 9 });
    expect(entries).toMatchObject([{ personName: "Amina Odhiambo", origin }]);
    await chainAudit(system, now);
    expect((await verifyOrganization(organizationId, { publicKey, now })).fault).toBeNull();
  });

  it("is not the auditor's to read", async () => {
    const { Client } = await import("pg");
    const client = new Client({ connectionString: testEnv().DATABASE_URL_AUDITOR });
    await client.connect();
    await expect(client.query("SELECT 1 FROM audit_personal")).rejects.toThrow(/permission/);
    await expect(client.query("SELECT name FROM organization")).rejects.toThrow(/permission/);
    await client.end();
  });
});

describe("the search", () => {
  it("finds by person, action and day, newest first, page by page", async () => {
    const { userId, scope, system } = await open();
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
    for (const seconds of [1, 2, 3]) await inScope(scope, (tx) => block(tx, at(seconds)));
    await inScope(system, (tx) => block(tx, at(9), "meter.unblocked"));
    const list = (change: object, before: string | null = null) =>
      listAudit(scope, { filter: { ...everything, ...change }, before, take: 2 });
    const first = await list({ action: "meter.blocked" });
    expect(first.entries.map((entry) => entry.at)).toEqual([at(3), at(2)]);
    expect(first.hasOlder).toBe(true);
    const next = await list({ action: "meter.blocked" }, first.entries[1]?.id);
    expect(next).toMatchObject({ hasOlder: false, entries: [{ at: at(1) }] });
    expect((await list({ who: "system", from: at(5) })).entries).toHaveLength(1);
    expect((await list({ who: userId, until: at(2) })).entries).toHaveLength(1);
    expect(await listAuditPeople(scope)).toEqual([{ userId, name: "Amina Odhiambo" }]);
  });

  it("shows nothing of another organization", async () => {
    const [one, other] = [await open(), await open()];
    await inScope(other.scope, (tx) => block(tx));
    const page = { filter: { ...everything, who: other.userId }, before: null, take: 10 };
    expect((await listAudit(one.scope, page)).entries).toEqual([]);
  });
});
