import { describe, expect, it } from "vitest";
import { addStaff, decideApproval, findOrgScope, inScope, listStaffPlaces } from "@/lib/access";
import type { MembershipRole, OrgScope } from "@/lib/access/shared";
import { findSignedIn, signInAs } from "@/lib/identity";
import { newId, systemClock } from "@/lib/platform";
import { makeFlat } from "@/prisma/seed/flat";
import { makePerson, makeStaff, type SeededPerson, scopeOf } from "@/prisma/seed/staff";
import { carryOutRoleChange } from "./carry-out";
import { handOver } from "./hand-over";
import { inviteStaff, listInvitations } from "./invitations";
import { changeMember, findMember, leaveOrganization, listMembers, removeMember } from "./members";

const now = systemClock.now();
const plain = { reason: "", now };
const because = { reason: "as agreed on the phone", now };

async function house(...roles: readonly MembershipRole[]) {
  const { organizationId, people } = await makeStaff(now, roles);
  const at = (index: number): SeededPerson => people[index] ?? { userId: "", email: "" };
  return { organizationId, at, boss: await scopeOf(at(0), now) };
}

const opens = async (person: SeededPerson) =>
  (await findOrgScope({ userId: person.userId, slug: "house" }, "building:read", now)) !== null;

async function rolesOf(scope: OrgScope) {
  const members = await listMembers(scope, now);
  return members.map((member) => member.role).toSorted();
}

async function trailOf(scope: OrgScope, action: string) {
  const { organizationId } = scope;
  return inScope(scope, (tx) => tx.db.auditEntry.findMany({ where: { organizationId, action } }));
}

async function waiting(scope: OrgScope, subjectId: string) {
  const row = await inScope(scope, (tx) =>
    tx.db.approvalRequest.findFirstOrThrow({ where: { subjectId, state: "waiting" } }),
  );
  const requestHash = Buffer.from(row.requestHash).toString("hex");
  return { approvalId: row.id, requestHash, isApproved: true, now };
}

async function session(person: SeededPerson) {
  const lines = await signInAs(person.userId, null);
  const pairs = lines.map((line) => (line.split(";")[0] ?? "").split("=") as [string, string]);
  return Object.fromEntries(pairs);
}

describe("a member", () => {
  it("changes role at once, and signs in again", async () => {
    const { boss, at } = await house("administrator", "viewer");
    const cookies = await session(at(1));
    expect(await findSignedIn(cookies)).not.toBeNull();
    const change = { ...at(1), ...plain, role: "cashier", buildings: null } as const;
    expect(await changeMember(boss, change)).toEqual({ ok: true, value: "changed" });
    expect(await findSignedIn(cookies)).toBeNull();
    expect((await scopeOf(at(1), now)).role).toBe("cashier");
    const [row] = await trailOf(boss, "membership.changed");
    expect(row).toMatchObject({ before: { role: "viewer" }, after: { role: "cashier" } });
    expect(await changeMember(boss, change)).toMatchObject({ error: { code: "nothing-changed" } });
  });

  it("who is removed is out at the next request, sessions and directory included", async () => {
    const { boss, at } = await house("administrator", "viewer");
    const cookies = await session(at(1));
    expect(await removeMember(boss, { ...at(1), ...plain })).toEqual({
      ok: true,
      value: "changed",
    });
    expect(await opens(at(1))).toBe(false);
    expect(await findSignedIn(cookies)).toBeNull();
    expect(await listStaffPlaces(at(1).userId, now)).toEqual([]);
    expect(await removeMember(boss, { ...at(1), ...plain })).toMatchObject({
      error: { code: "not-found" },
    });
  });

  it("of another organization, or nobody, is not found", async () => {
    const { boss } = await house("administrator");
    const theirs = await house("administrator", "viewer");
    for (const userId of [theirs.at(1).userId, newId(), "x", ""]) {
      const notFound = { error: { code: "not-found" } };
      expect(await removeMember(boss, { userId, ...plain })).toMatchObject(notFound);
      const change = { userId, ...plain, role: "viewer", buildings: null } as const;
      expect(await changeMember(boss, change)).toMatchObject(notFound);
      expect(await findMember(boss, userId, now)).toBeNull();
    }
    expect(await opens(theirs.at(1))).toBe(true);
  });

  it("limited to buildings sees these, and none of another organization", async () => {
    const flat = await makeFlat(now);
    const theirs = await makeFlat(now);
    const { organizationId } = flat.scope;
    const [boss, helper] = [await makePerson(now), await makePerson(now)];
    const staff = { slug: "house", now };
    await addStaff(organizationId, { ...boss, ...staff, role: "administrator" });
    await addStaff(organizationId, { ...helper, ...staff, role: "viewer" });
    const scope = await scopeOf(boss, now);
    const change = { ...helper, ...plain, role: "viewer" } as const;
    const foreign = { ...change, buildings: [theirs.buildingId] };
    expect(await changeMember(scope, foreign)).toMatchObject({
      error: { code: "building-not-found" },
    });
    const own = { ...change, buildings: [flat.buildingId] };
    expect(await changeMember(scope, own)).toMatchObject({ ok: true });
    expect((await scopeOf(helper, now)).buildingIds).toEqual([flat.buildingId]);
    // A building that goes takes its row along: what is left is the right to nothing.
    await inScope(scope, (tx) =>
      tx.db.membershipBuilding.deleteMany({ where: { organizationId, userId: helper.userId } }),
    );
    expect((await scopeOf(helper, now)).buildingIds).toEqual([]);
    expect(await findMember(scope, helper.userId, now)).toMatchObject({ buildings: [] });
  });
});

describe("the last administrator", () => {
  it("is not removed, demoted or limited, and does not leave", async () => {
    const { boss, at } = await house("administrator", "manager");
    const last = { error: { code: "last-administrator" } };
    const change = { ...at(0), ...because } as const;
    expect(await removeMember(boss, change)).toMatchObject(last);
    expect(await leaveOrganization(boss, now)).toMatchObject(last);
    expect(await changeMember(boss, { ...change, role: "viewer", buildings: null })).toMatchObject(
      last,
    );
    expect(
      await changeMember(boss, { ...change, role: "administrator", buildings: [] }),
    ).toMatchObject(last);
    expect((await listMembers(boss, now))[0]).toMatchObject({ isLastAdministrator: true });
  });

  it("does not count administrators limited to buildings", async () => {
    const { boss, at, organizationId } = await house("administrator");
    const limited = await makePerson(now);
    const staff = { ...limited, slug: "house", role: "administrator", now } as const;
    await addStaff(organizationId, { ...staff, buildingIds: [] });
    expect(await leaveOrganization(boss, now)).toMatchObject({
      error: { code: "last-administrator" },
    });
    expect(await opens(at(0))).toBe(true);
  });

  it("is left by two who leave at once: one stays", async () => {
    const { boss, at } = await house("administrator", "administrator", "viewer");
    const other = await scopeOf(at(1), now);
    const both = await Promise.all([leaveOrganization(boss, now), leaveOrganization(other, now)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(await rolesOf(await scopeOf(at(2), now))).toEqual(["administrator", "viewer"]);
  });

  it("hands over, and leaves or takes another role in the same step", async () => {
    const { boss, at } = await house("administrator", "manager");
    const step = { userId: at(1).userId, now } as const;
    const cookies = await session(at(1));
    expect(await handOver(boss, { ...step, becomes: "leave" })).toMatchObject({ ok: true });
    expect(await opens(at(0))).toBe(false);
    expect(await findSignedIn(cookies)).toBeNull();
    const next = await scopeOf(at(1), now, { permission: "member:manage" });
    expect(await rolesOf(next)).toEqual(["administrator"]);

    const second = await house("administrator", "viewer");
    const move = { userId: second.at(1).userId, becomes: "accountant", now } as const;
    expect(await handOver(second.boss, move)).toMatchObject({ ok: true });
    expect(await rolesOf(second.boss)).toEqual(["accountant", "administrator"]);
  });

  it("hands over to members alone, and only while there is no second", async () => {
    const { boss, at } = await house("administrator", "manager");
    const theirs = await house("administrator", "manager");
    for (const userId of [theirs.at(1).userId, at(0).userId, newId(), "x"]) {
      expect(await handOver(boss, { userId, becomes: "leave", now })).toMatchObject({
        error: { code: "not-found" },
      });
    }
    const two = await house("administrator", "administrator", "viewer");
    const step = { userId: two.at(2).userId, becomes: "leave", now } as const;
    expect(await handOver(two.boss, step)).toMatchObject({ error: { code: "not-the-last" } });
  });
});

describe("a change that takes two", () => {
  it("waits for another administrator, who carries it out by approving", async () => {
    const { boss, at } = await house("administrator", "administrator", "viewer");
    const raise = { ...at(2), ...because, role: "administrator", buildings: null } as const;
    expect(await changeMember(boss, { ...raise, reason: "" })).toMatchObject({
      error: { code: "reason-needed" },
    });
    expect(await changeMember(boss, raise)).toEqual({ ok: true, value: "asked" });
    expect(await changeMember(boss, raise)).toMatchObject({ error: { code: "already-asked" } });
    expect((await scopeOf(at(2), now)).role).toBe("viewer");
    const decision = await waiting(boss, at(2).userId);
    expect(await decideApproval(boss, decision, carryOutRoleChange)).toMatchObject({
      error: { code: "own-request" },
    });
    expect((await scopeOf(at(2), now)).role).toBe("viewer");
    const second = await scopeOf(at(1), now);
    expect(await decideApproval(second, decision, carryOutRoleChange)).toMatchObject({ ok: true });
    expect((await scopeOf(at(2), now)).role).toBe("administrator");
    const [row] = await trailOf(boss, "membership.changed");
    expect(row?.detail).toMatchObject({ approvalId: decision.approvalId });
  });

  it("is done alone by an only administrator, and the trail says so", async () => {
    const { boss, at } = await house("administrator", "viewer");
    const raise = { ...at(1), ...plain, role: "administrator", buildings: null } as const;
    expect(await changeMember(boss, raise)).toEqual({ ok: true, value: "changed" });
    const [row] = await trailOf(boss, "membership.changed");
    expect(row?.detail).toMatchObject({ alone: true });
  });

  it("removes another administrator, whose open invitations close", async () => {
    const { boss, at } = await house("administrator", "administrator", "administrator");
    const goer = await scopeOf(at(1), now);
    const back = { email: `${newId()}@example.org`, role: "viewer", buildings: null } as const;
    const rest = { supportHours: null, reason: "", replaces: false };
    expect((await inviteStaff(goer, { ...back, ...rest }, now)).ok).toBe(true);
    const cookies = await session(at(1));
    expect(await removeMember(boss, { ...at(1), ...because })).toEqual({
      ok: true,
      value: "asked",
    });
    const third = await scopeOf(at(2), now);
    await decideApproval(third, await waiting(boss, at(1).userId), carryOutRoleChange);
    expect(await opens(at(1))).toBe(false);
    expect(await findSignedIn(cookies)).toBeNull();
    expect(await listInvitations(boss, now)).toEqual([]);
  });

  it.each<[string, (is: Awaited<ReturnType<typeof house>>) => Promise<unknown>]>([
    ["not-a-member", ({ boss, at }) => removeMember(boss, { ...at(2), ...plain })],
    [
      "changed-meanwhile",
      ({ boss, at }) =>
        changeMember(boss, { ...at(2), ...plain, role: "cashier", buildings: null }),
    ],
    ["asker-gone", ({ boss }) => leaveOrganization(boss, now)],
  ])("is void when it is approved too late: %s", async (why, meanwhile) => {
    const is = await house("administrator", "administrator", "viewer");
    const { boss, at } = is;
    const raise = { ...at(2), ...because, role: "administrator", buildings: null } as const;
    await changeMember(boss, raise);
    const decision = await waiting(boss, at(2).userId);
    await meanwhile(is);
    const second = await scopeOf(at(1), now);
    expect(await decideApproval(second, decision, carryOutRoleChange)).toMatchObject({ ok: true });
    const [row] = await trailOf(second, "membership.change-void");
    expect(row?.detail).toMatchObject({ why });
    expect((await rolesOf(second)).filter((role) => role === "administrator").length).toBe(
      why === "asker-gone" ? 1 : 2,
    );
  });

  it("removes no last administrator, though it was asked for when there were two", async () => {
    const { boss, at } = await house("administrator", "administrator");
    const second = await scopeOf(at(1), now);
    await removeMember(boss, { ...at(1), ...because });
    await removeMember(second, { ...at(0), ...because });
    const decisions = [
      { scope: second, decision: await waiting(boss, at(1).userId) },
      { scope: boss, decision: await waiting(boss, at(0).userId) },
    ];
    await Promise.all(
      decisions.map(({ scope, decision }) => decideApproval(scope, decision, carryOutRoleChange)),
    );
    const left = (await Promise.all([opens(at(0)), opens(at(1))])).filter(Boolean);
    expect(left).toHaveLength(1);
    expect(await trailOf(boss, "membership.change-void")).toHaveLength(1);
  });
});
