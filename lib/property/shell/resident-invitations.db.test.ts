import { beforeEach, describe, expect, it } from "vitest";
import { addStaff, findOrgScope, inScope, listResidentScopes } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import { type Flat, makeFlat } from "@/prisma/seed/flat";
import { granted } from "@/prisma/seed/granted";
import { acceptInvitation, endLease, findInvitation, inviteResident, withdrawInvitation } from "..";
import { formatJoinCode, joinCodeHash } from "../core/join-code";

const NOW = new Date("2026-06-01T09:00:00Z");
const afterDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const CLOSED = { ok: false, error: "invitation-closed" };

let flat: Flat;
let caretaker: OrgScope;
beforeEach(async () => {
  flat = await makeFlat(NOW);
  caretaker = await staffOf(flat);
});

async function staffOf(of: Flat, buildingIds?: readonly string[]): Promise<OrgScope> {
  const userId = newId();
  const slug = `s-${userId}`;
  const limits = buildingIds ? { buildingIds } : {};
  const member = { userId, slug, role: "caretaker", now: NOW, ...limits } as const;
  await addStaff(of.scope.organizationId, member);
  const scope = await findOrgScope({ userId, slug }, "resident:invite", NOW);
  assert(scope, "who was let in is let in");
  return scope;
}

const invite = async () =>
  granted(await inviteResident(caretaker, { leaseId: flat.leaseId, now: NOW }));
const accept = (code: string, userId = newId(), now = NOW) =>
  acceptInvitation({ code, userId, origin: null }, now);
const leasesOf = async (userId: string) =>
  (await listResidentScopes(userId)).flatMap((scope) => scope.leaseIds);

describe("a printed invitation", () => {
  it("lets who types its code into the lease, and shows nobody's name before", async () => {
    const { code, expiresAt } = await invite();
    expect(expiresAt).toEqual(afterDays(30));
    const view = await findInvitation(formatJoinCode(code).toLowerCase(), NOW);
    expect(view).toEqual({
      organizationName: "Acacia Homes",
      maskedUnit: "B-2••",
      initials: "J••• W•••",
    });
    const userId = newId();
    const origin = { address: "203.0.113.7", userAgent: "a phone" };
    expect(await acceptInvitation({ code, userId, origin }, NOW)).toMatchObject({ ok: true });
    expect(await leasesOf(userId)).toEqual([flat.leaseId]);
    const { organizationId } = flat.scope;
    const written = await inScope(flat.scope, (tx) =>
      tx.db.auditEntry.findMany({
        where: { organizationId, subjectId: flat.leaseId, action: { not: "lease.started" } },
        select: { action: true, actorId: true },
        orderBy: { id: "asc" },
      }),
    );
    expect(written).toEqual([
      { action: "resident.invited", actorId: caretaker.userId },
      { action: "lease.holder-added", actorId: userId },
    ]);
  });

  it("is kept as a hash: the code stands nowhere", async () => {
    const { code } = await invite();
    const rows = await inScope(flat.scope, async (tx) => [
      await tx.db.residentInvitation.findMany(),
      await tx.db.residentInvitationDirectory.findMany(),
      await tx.db.auditEntry.findMany({ select: { detail: true, after: true } }),
    ]);
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(JSON.stringify(rows)).toContain(joinCodeHash(code));
  });

  it("works once, for one person, also when many arrive at the same moment", async () => {
    const { code } = await invite();
    const people = Array.from({ length: 6 }, () => newId());
    const answers = await Promise.all(people.map((userId) => accept(code, userId)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const held = await Promise.all(people.map(leasesOf));
    expect(held.flat()).toEqual([flat.leaseId]);
    expect(await accept(code)).toEqual(CLOSED);
    expect(await findInvitation(code, NOW)).toBeNull();
  });

  it("may be accepted again by who has accepted it: a second click is no fault", async () => {
    const { code } = await invite();
    const userId = newId();
    expect(await accept(code, userId)).toMatchObject({ ok: true });
    expect(await accept(code, userId)).toMatchObject({ ok: true });
    expect(await leasesOf(userId)).toEqual([flat.leaseId]);
  });

  it("ends after thirty days", async () => {
    const { code } = await invite();
    const justBefore = new Date(afterDays(30).getTime() - 1);
    expect(await findInvitation(code, justBefore)).not.toBeNull();
    expect(await findInvitation(code, afterDays(30))).toBeNull();
    expect(await accept(code, newId(), afterDays(30))).toEqual(CLOSED);
    expect(await accept(code, newId(), justBefore)).toMatchObject({ ok: true });
  });

  it("ends when it is withdrawn, which is written down once", async () => {
    const { code } = await invite();
    const { leaseId } = flat;
    for (const _twice of [1, 2]) {
      const answer = await withdrawInvitation(caretaker, { leaseId, now: NOW });
      expect(answer).toMatchObject({ ok: true });
    }
    expect(await findInvitation(code, NOW)).toBeNull();
    expect(await accept(code)).toEqual(CLOSED);
    const written = await inScope(flat.scope, (tx) =>
      tx.db.auditEntry.count({
        where: {
          organizationId: flat.scope.organizationId,
          action: "resident.invitation-revoked",
        },
      }),
    );
    expect(written).toBe(1);
  });

  it("ends when a newer one is printed; of many printed at once one works", async () => {
    const { code: old } = await invite();
    const { code } = await invite();
    expect(await findInvitation(old, NOW)).toBeNull();
    expect(await accept(old)).toEqual(CLOSED);
    expect(await findInvitation(code, NOW)).not.toBeNull();
    const printed = await Promise.all([invite(), invite(), invite(), invite()]);
    const open = await Promise.all(printed.map((one) => findInvitation(one.code, NOW)));
    expect(open.filter((view) => view !== null)).toHaveLength(1);
  });

  it("ends with the lease, on the day when it was planned, at once when it is over", async () => {
    const { leaseId, scope } = flat;
    const { code } = await invite();
    granted(await endLease(scope, { leaseId, endsOn: "2026-06-10", now: NOW }));
    const midnight = new Date("2026-06-09T21:00:00Z");
    expect(await findInvitation(code, new Date(midnight.getTime() - 1))).not.toBeNull();
    expect(await findInvitation(code, midnight)).toBeNull();
    expect(await accept(code, newId(), midnight)).toEqual(CLOSED);
    const ended = await inviteResident(caretaker, { leaseId, now: midnight });
    expect(ended).toEqual({ ok: false, error: "lease-already-ended" });
    granted(await endLease(scope, { leaseId, endsOn: "2026-05-30", now: NOW }));
    expect(await accept(code)).toEqual(CLOSED);
  });

  it("is made for no lease of another organization or building", async () => {
    const other = await makeFlat(NOW);
    const notFound = { ok: false, error: "lease-not-found" };
    for (const leaseId of [other.leaseId, flat.unitId, newId(), "x", ""]) {
      expect(await inviteResident(caretaker, { leaseId, now: NOW })).toEqual(notFound);
      expect(await withdrawInvitation(caretaker, { leaseId, now: NOW })).toEqual(notFound);
    }
    const { leaseId, buildingId } = flat;
    const toNone = await staffOf(flat, []);
    expect(await inviteResident(toNone, { leaseId, now: NOW })).toEqual(notFound);
    const { code } = await invite();
    expect(await withdrawInvitation(toNone, { leaseId, now: NOW })).toEqual(notFound);
    expect(await findInvitation(code, NOW)).not.toBeNull();
    const limited = await staffOf(flat, [buildingId]);
    expect(await inviteResident(limited, { leaseId, now: NOW })).toMatchObject({ ok: true });
  });

  it.each(["", "x", "0000-0000-0000-0000", "' or true --", "Z".repeat(5_000), "UUUUUUUUUUUUUUUU"])(
    "opens nothing for %j",
    async (code) => {
      expect(await findInvitation(code, NOW)).toBeNull();
      expect(await accept(code)).toEqual(CLOSED);
    },
  );
});
