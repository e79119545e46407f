import { expect, it } from "vitest";
import { findOrganization, findOrgScope, inScope, listStaffPlaces } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { newId, systemClock } from "@/lib/platform";
import { makePerson, makeStaff, type SeededPerson, scopeOf } from "@/prisma/seed/staff";
import { acceptInvitation } from "./accept-invitation";
import { inviteStaff } from "./invitations";
import { changeMember, listMembers } from "./members";
import { changeOrganization, openOrganization } from "./organization-names";
import { endSupport, listOpenSupport, recordSupportView } from "./support";

const now = systemClock.now();
const HOUR_MS = 3_600_000;
const at = (hours: number) => new Date(now.getTime() + hours * HOUR_MS);

async function house() {
  const { people } = await makeStaff(now, ["administrator", "viewer"]);
  const [boss = { userId: "", email: "" }] = people;
  return scopeOf(boss, now);
}

async function letIn(scope: OrgScope, helper: SeededPerson, when = now) {
  const form = { email: helper.email, role: "support", buildings: null, replaces: false } as const;
  const made = await inviteStaff(scope, { ...form, supportHours: 4, reason: "a meter" }, when);
  const secret = made.ok ? (made.value.secret ?? "") : "";
  return acceptInvitation(helper, { secret, origin: null, now: when });
}

async function trailOf(scope: OrgScope, action: string) {
  const { organizationId } = scope;
  return inScope(scope, (tx) => tx.db.auditEntry.findMany({ where: { organizationId, action } }));
}

it("support looks for its hours, changes nothing, and is not found afterwards", async () => {
  const scope = await house();
  const helper = await makePerson(now);
  expect(await letIn(scope, helper)).toMatchObject({ ok: true });
  const visit = { ...helper, slug: "house" };
  expect(await findOrgScope(visit, "building:read", at(3.9))).toMatchObject({ role: "support" });
  for (const permission of ["member:read", "member:manage", "organization:manage"] as const) {
    expect(await findOrgScope(visit, permission, now)).toBeNull();
  }
  expect(await listOpenSupport(scope, at(3.9))).toEqual([{ userId: helper.userId, endsAt: at(4) }]);
  expect(await findOrgScope(visit, "building:read", at(4))).toBeNull();
  expect(await listOpenSupport(scope, at(4))).toEqual([]);
  expect(await listStaffPlaces(helper.userId, at(4))).toEqual([]);
  expect(await listMembers(scope, at(4))).toHaveLength(2);
});

it("support whose time is over can be let in again", async () => {
  const scope = await house();
  const helper = await makePerson(now);
  await letIn(scope, helper);
  expect(await letIn(scope, helper, at(5))).toMatchObject({ ok: true });
  const visit = { ...helper, slug: "house" };
  expect(await findOrgScope(visit, "building:read", at(8))).not.toBeNull();
});

it("support is ended before its time, once, and by its own organization", async () => {
  const scope = await house();
  const stranger = await house();
  const helper = await makePerson(now);
  await letIn(scope, helper);
  const which = { userId: helper.userId, now: at(1) };
  const notFound = { error: { code: "not-found" } };
  expect(await endSupport(stranger, which)).toMatchObject(notFound);
  const both = await Promise.all([endSupport(scope, which), endSupport(scope, which)]);
  expect(both.filter((one) => one.ok)).toHaveLength(1);
  expect(await findOrgScope({ ...helper, slug: "house" }, "building:read", at(1))).toBeNull();
  expect(await trailOf(scope, "support.ended")).toHaveLength(1);
  for (const userId of [scope.userId, newId(), "x"]) {
    expect(await endSupport(scope, { userId, now })).toMatchObject(notFound);
  }
});

it("support is given no role, it ends", async () => {
  const scope = await house();
  const helper = await makePerson(now);
  await letIn(scope, helper);
  const change = { ...helper, reason: "why", now, role: "manager", buildings: null } as const;
  expect(await changeMember(scope, change)).toMatchObject({ error: { code: "not-found" } });
});

it("every page that support opens stands in the trail, with who and where", async () => {
  const scope = await house();
  const helper = await makePerson(now);
  await letIn(scope, helper);
  await recordSupportView(await scopeOf(helper, now), "/o/house/units/1", now);
  const [row] = await trailOf(scope, "support.viewed");
  expect(row).toMatchObject({ actorId: helper.userId, detail: { path: "/o/house/units/1" } });
});

it("a form sent twice opens one organization, and another person's another", async () => {
  const person = await makePerson(now);
  const other = await makePerson(now);
  const names = { name: "Baobab House", legalName: "Baobab Ltd", taxNumber: null };
  const form = { names, requestKey: newId() };
  const open = (who: SeededPerson) => openOrganization({ ...who, origin: null }, form, now);
  expect(await Promise.all([open(person), open(person)])).toEqual(["baobab-house", "baobab-house"]);
  expect(await open(person)).toBe("baobab-house");
  await open(other);
  const [mine] = await listStaffPlaces(person.userId, now);
  const [theirs] = await listStaffPlaces(other.userId, now);
  expect(mine).toMatchObject({ name: "Baobab House", role: "administrator" });
  expect(theirs?.organizationId).not.toBe(mine?.organizationId);
  expect(await listStaffPlaces(person.userId, now)).toHaveLength(1);
  const second = { names, requestKey: newId() };
  expect(await openOrganization({ ...person, origin: null }, second, now)).toBe("baobab-house-2");
});

it("a new name leaves before and after in the trail, the same name leaves nothing", async () => {
  const scope = await house();
  const names = { name: "Acacia Homes", legalName: "Acacia Homes Limited", taxNumber: null };
  await changeOrganization(scope, names, now);
  expect(await trailOf(scope, "organization.changed")).toEqual([]);
  await changeOrganization(scope, { ...names, name: "Acacia", taxNumber: "P1" }, now);
  const [row] = await trailOf(scope, "organization.changed");
  expect(row).toMatchObject({
    before: { name: "Acacia Homes", taxNumber: "" },
    after: { name: "Acacia", taxNumber: "P1" },
  });
  expect(await findOrganization(scope)).toMatchObject({ name: "Acacia" });
});
