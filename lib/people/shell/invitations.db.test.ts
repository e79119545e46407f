import { describe, expect, it } from "vitest";
import { decideApproval, findOrgScope, inScope, listStaffPlaces, systemScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { findPersonByEmail } from "@/lib/identity";
import { newId, systemClock } from "@/lib/platform";
import { authPool, prismaFor } from "@/lib/platform/databases";
import { makeFlat } from "@/prisma/seed/flat";
import { makePerson, makeStaff, scopeOf } from "@/prisma/seed/staff";
import type { InvitationForm } from "../core/invitation-form";
import { acceptAsNewPerson, acceptInvitation, findInvitation } from "./accept-invitation";
import { carryOutRoleChange } from "./carry-out";
import {
  inviteStaff,
  listInvitations,
  markMailed,
  renewInvitation,
  revokeInvitation,
} from "./invitations";

const now = systemClock.now();
const DAY_MS = 86_400_000;
const later = (days: number) => new Date(now.getTime() + days * DAY_MS);
const newcomer = { name: "Peter Mwaura", password: "a sentence of mine" };
const freshEmail = () => `${newId()}@example.org`;

const formOf = (change: Partial<InvitationForm> = {}): InvitationForm => ({
  email: freshEmail(),
  role: "manager",
  buildings: null,
  supportHours: null,
  reason: "",
  replaces: false,
  ...change,
});

async function invited(scope: OrgScope, change: Partial<InvitationForm> = {}) {
  const form = formOf(change);
  const made = await inviteStaff(scope, form, now);
  if (!made.ok) throw new Error(made.error.code);
  return { ...form, ...made.value, secret: made.value.secret ?? "" };
}

async function administrator(others: readonly ("administrator" | "manager")[] = []) {
  const { organizationId, people } = await makeStaff(now, ["administrator", ...others]);
  const [first] = people;
  if (!first) throw new Error("somebody was asked for");
  return { organizationId, people, scope: await scopeOf(first, now) };
}

const accept = (secret: string, at = now) => ({ secret, origin: null, now: at });

async function actionsOf(scope: OrgScope) {
  const { organizationId } = scope;
  const rows = await inScope(scope, (tx) =>
    tx.db.auditEntry.findMany({ where: { organizationId }, orderBy: { id: "asc" } }),
  );
  return rows;
}

describe("an invitation", () => {
  it("makes a person with the invited address, a membership and a way in", async () => {
    const { scope } = await administrator();
    const { secret, email } = await invited(scope, { role: "caretaker" });
    expect(await findInvitation(secret, now)).toMatchObject({
      organizationName: "Acacia Homes",
      invitedBy: "Amina Odhiambo",
      role: "caretaker",
      isKnown: false,
    });
    const done = await acceptAsNewPerson(newcomer, accept(secret));
    expect(done).toMatchObject({ ok: true, value: { slug: "house" } });
    const person = await findPersonByEmail(email);
    const userId = person?.userId ?? "";
    expect(await findOrgScope({ userId, slug: "house" }, "building:read", now)).toMatchObject({
      role: "caretaker",
      organizationId: scope.organizationId,
    });
    const trail = await actionsOf(scope);
    const row = trail.find(
      (one) => one.action === "membership.created" && one.subjectId === userId,
    );
    expect(row).toMatchObject({ actorKind: "person", actorId: userId });
  });

  it("proves the e-mail it was mailed to, and not the one whose link was handed over", async () => {
    const { scope } = await administrator();
    const provedAt = async (email: string) =>
      (await prismaFor(authPool()).user.findUnique({ where: { email } }))?.emailVerified;
    const mailed = await invited(scope);
    await markMailed(scope, mailed);
    await acceptAsNewPerson(newcomer, accept(mailed.secret));
    expect(await provedAt(mailed.email)).toEqual(now);

    const shown = await invited(scope);
    await markMailed(scope, shown);
    const again = await renewInvitation(scope, { invitationId: shown.invitationId, now });
    const secret = again.ok ? (again.value.secret ?? "") : "";
    await markMailed(scope, shown);
    await acceptAsNewPerson(newcomer, accept(secret));
    expect(await provedAt(shown.email)).toBeNull();
  });

  it("stores its secret as a hash, and no address in the global directory", async () => {
    const { scope } = await administrator();
    const { secret, email, invitationId } = await invited(scope);
    const [owned, global] = await inScope(scope, async ({ db }) => [
      await db.invitation.findFirst({ where: { id: invitationId } }),
      await db.invitationDirectory.findFirst({ where: { invitationId } }),
    ]);
    expect(owned?.secretHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify([owned, global])).not.toContain(secret);
    expect(JSON.stringify(global)).not.toContain(email);
  });

  it("lets in whom it was sent to, and nobody else who is signed in", async () => {
    const { scope } = await administrator();
    const guest = await makePerson(now);
    const other = await makePerson(now);
    const { secret } = await invited(scope, { email: guest.email });
    expect(await acceptInvitation(other, accept(secret))).toMatchObject({
      error: { code: "wrong-person" },
    });
    expect(await acceptAsNewPerson(newcomer, accept(secret))).toMatchObject({
      error: { code: "sign-in-first" },
    });
    expect(await acceptInvitation(guest, accept(secret))).toMatchObject({ ok: true });
    expect(await findOrgScope({ ...other, slug: "house" }, "building:read", now)).toBeNull();
  });

  it("is used once, also when two accept at once", async () => {
    const { scope, organizationId } = await administrator();
    const guest = await makePerson(now);
    const { secret } = await invited(scope, { email: guest.email });
    const both = await Promise.all([1, 2, 3].map(() => acceptInvitation(guest, accept(secret))));
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(await acceptInvitation(guest, accept(secret))).toMatchObject({
      error: { code: "closed" },
    });
    expect(await findInvitation(secret, now)).toBeNull();
    const members = await inScope(systemScope(organizationId, "test"), (tx) =>
      tx.db.membership.count({ where: { organizationId, userId: guest.userId } }),
    );
    expect(members).toBe(1);
  });

  it("makes one person of two newcomers at once", async () => {
    const { scope } = await administrator();
    const { secret } = await invited(scope);
    const both = await Promise.all([1, 2].map(() => acceptAsNewPerson(newcomer, accept(secret))));
    expect(both.filter((one) => one.ok)).toHaveLength(1);
  });

  it.each([
    ["too old", async () => undefined, later(7)],
    [
      "revoked",
      async (scope: OrgScope, invitationId: string) => {
        expect((await revokeInvitation(scope, { invitationId, now })).ok).toBe(true);
      },
      now,
    ],
    [
      "sent again since",
      async (scope: OrgScope, invitationId: string) => {
        expect((await renewInvitation(scope, { invitationId, now })).ok).toBe(true);
      },
      now,
    ],
  ])("opens nothing when it is %s", async (_what, change, at) => {
    const { scope } = await administrator();
    const { secret, invitationId } = await invited(scope);
    await change(scope, invitationId);
    expect(await findInvitation(secret, at)).toBeNull();
    expect(await acceptAsNewPerson(newcomer, accept(secret, at))).toMatchObject({
      error: { code: "closed" },
    });
  });

  it.each(["", "x", "A".repeat(22), "../../../etc/passwd", "%00".repeat(8), "a".repeat(3_000)])(
    "is none by the made-up secret %j",
    async (secret) => {
      expect(await findInvitation(secret, now)).toBeNull();
    },
  );

  it("sent again opens by the new address, also when it had been too old", async () => {
    const { scope } = await administrator();
    const { invitationId } = await invited(scope);
    const at = later(9);
    const again = await renewInvitation(scope, { invitationId, now: at });
    expect(again.ok && (await findInvitation(again.value.secret ?? "", at))).toMatchObject({
      role: "manager",
    });
  });

  it("of another organization is not found, to send again or to revoke", async () => {
    const { scope } = await administrator();
    const theirs = await administrator();
    const { invitationId, secret } = await invited(theirs.scope);
    for (const id of [invitationId, newId(), "x"]) {
      const which = { invitationId: id, now };
      const notFound = { error: { code: "not-found" } };
      expect(await renewInvitation(scope, which)).toMatchObject(notFound);
      expect(await revokeInvitation(scope, which)).toMatchObject(notFound);
    }
    expect(await listInvitations(scope, now)).toEqual([]);
    expect(await findInvitation(secret, now)).not.toBeNull();
  });

  it("is refused to a member, and twice to one address unless it shall be replaced", async () => {
    const { scope, people } = await administrator(["manager"]);
    const email = people[1]?.email ?? "";
    expect(await inviteStaff(scope, formOf({ email }), now)).toMatchObject({
      error: { code: "already-member" },
    });
    const first = await invited(scope);
    const again = formOf({ email: first.email });
    expect(await inviteStaff(scope, again, now)).toMatchObject({
      error: { code: "already-invited" },
    });
    expect(await inviteStaff(scope, { ...again, replaces: true }, now)).toMatchObject({ ok: true });
    expect(await findInvitation(first.secret, now)).toBeNull();
    expect(await listInvitations(scope, now)).toHaveLength(1);
  });

  it("of two to one address at once leaves one open", async () => {
    const { scope } = await administrator();
    const form = formOf();
    const both = await Promise.all([1, 2, 3].map(() => inviteStaff(scope, form, now)));
    expect(both.filter((one) => one.ok)).toHaveLength(1);
  });

  it("limits the role to the chosen buildings, which must be the organization's", async () => {
    const flat = await makeFlat(now);
    const theirs = await makeFlat(now);
    const { organizationId } = flat.scope;
    const boss = await makePerson(now);
    const { addStaff } = await import("@/lib/access");
    const { userId } = boss;
    await addStaff(organizationId, { userId, role: "administrator", slug: "house", now });
    const scope = await scopeOf(boss, now);
    const foreign = formOf({ buildings: [flat.buildingId, theirs.buildingId] });
    expect(await inviteStaff(scope, foreign, now)).toMatchObject({
      error: { code: "building-not-found" },
    });
    const guest = await makePerson(now);
    const { email } = guest;
    const { secret } = await invited(scope, { email, buildings: [flat.buildingId] });
    expect((await findInvitation(secret, now))?.buildings).toMatchObject([{ id: flat.buildingId }]);
    await acceptInvitation(guest, accept(secret));
    expect((await scopeOf(guest, now)).buildingIds).toEqual([flat.buildingId]);
  });

  it("into a second house of the same name opens under a name of its own", async () => {
    const guest = await makePerson(now);
    const houses = [await administrator(), await administrator(), await administrator()];
    const secrets: string[] = [];
    for (const { scope } of houses) {
      secrets.push((await invited(scope, { email: guest.email })).secret);
    }
    const all = await Promise.all(secrets.map((one) => acceptInvitation(guest, accept(one))));
    expect(all.every((one) => one.ok)).toBe(true);
    const places = await listStaffPlaces(guest.userId, now);
    expect(places).toHaveLength(3);
    expect(new Set(places.map((place) => place.slug)).size).toBe(3);
    for (const { slug, organizationId } of places) {
      expect((await scopeOf(guest, now, { slug })).organizationId).toBe(organizationId);
    }
  });
});

describe("inviting an administrator", () => {
  it("is done alone where there is one, and the trail says so", async () => {
    const { scope } = await administrator();
    const { secret } = await invited(scope, { role: "administrator" });
    expect(await findInvitation(secret, now)).not.toBeNull();
    const trail = await actionsOf(scope);
    const row = trail.find((one) => one.action === "invitation.created");
    expect(row?.detail).toMatchObject({ alone: true });
  });

  it("waits for the second where there are two, and cannot be sent before", async () => {
    const { scope, people } = await administrator(["administrator"]);
    const form = formOf({ role: "administrator" });
    expect(await inviteStaff(scope, form, now)).toMatchObject({
      error: { code: "reason-needed" },
    });
    const { invitationId } = await invited(scope, { ...form, reason: "she runs the new block" });
    const which = { invitationId, now };
    expect(await renewInvitation(scope, which)).toMatchObject({
      error: { code: "awaits-approval" },
    });
    expect(await listInvitations(scope, now)).toMatchObject([{ state: "awaits-approval" }]);

    const second = await scopeOf(people[1] ?? { userId: "" }, now);
    const asked = await inScope(second, (tx) =>
      tx.db.approvalRequest.findFirstOrThrow({ where: { subjectId: invitationId } }),
    );
    expect(JSON.stringify(asked.request)).not.toContain(form.email);
    const requestHash = Buffer.from(asked.requestHash).toString("hex");
    const decision = { approvalId: asked.id, requestHash, isApproved: true, now };
    expect(await decideApproval(scope, decision, carryOutRoleChange)).toMatchObject({
      error: { code: "own-request" },
    });
    expect(await decideApproval(second, decision, carryOutRoleChange)).toMatchObject({ ok: true });
    expect(await listInvitations(scope, now)).toMatchObject([{ state: "approved-unsent" }]);
    const sent = await renewInvitation(scope, which);
    expect(sent.ok && (await findInvitation(sent.value.secret ?? "", now))?.role).toBe(
      "administrator",
    );
  });

  it("is void when the invitation was revoked before it was approved", async () => {
    const { scope, people } = await administrator(["administrator"]);
    const form = formOf({ role: "administrator", reason: "why" });
    const { invitationId } = await invited(scope, form);
    await revokeInvitation(scope, { invitationId, now });
    const second = await scopeOf(people[1] ?? { userId: "" }, now);
    const asked = await inScope(second, (tx) =>
      tx.db.approvalRequest.findFirstOrThrow({ where: { subjectId: invitationId } }),
    );
    const requestHash = Buffer.from(asked.requestHash).toString("hex");
    const decision = { approvalId: asked.id, requestHash, isApproved: true, now };
    await decideApproval(second, decision, carryOutRoleChange);
    const trail = await actionsOf(scope);
    expect(trail.find((one) => one.action === "membership.change-void")?.detail).toMatchObject({
      why: "invitation-closed",
    });
    expect(await listInvitations(scope, now)).toEqual([]);
  });
});
