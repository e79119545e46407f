import { addStaff, createOrganization, findOrgScope } from "@/lib/access";
import type { MembershipRole, OrgScope, Permission } from "@/lib/access/shared";
import { createPerson } from "@/lib/identity";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";

export type SeededPerson = { readonly userId: string; readonly email: string };

/** For database tests: a person who signs in with an address of their own. */
export async function makePerson(now: Date, password: string = newId()): Promise<SeededPerson> {
  const email = `${newId()}@example.org`;
  const userId = await createPerson({ name: "Amina Odhiambo", email, password, now });
  return { userId, email };
}

/** An organization of its own with people in these roles, in this order; each calls it `house`. */
export async function makeStaff(
  now: Date,
  roles: readonly MembershipRole[],
): Promise<{ readonly organizationId: string; readonly people: readonly SeededPerson[] }> {
  const names = { name: "Acacia Homes", legalName: "Acacia Homes Limited", taxNumber: null };
  const organizationId = await createOrganization({ ...names, now });
  const people: SeededPerson[] = [];
  for (const role of roles) {
    const person = await makePerson(now);
    await addStaff(organizationId, { userId: person.userId, role, slug: "house", now });
    people.push(person);
  }
  return { organizationId, people };
}

/** What a person may do at this moment in the organization called so; throws for nothing. */
export async function scopeOf(
  person: { readonly userId: string },
  now: Date,
  { slug = "house", permission = "building:read" as Permission } = {},
): Promise<OrgScope> {
  const scope = await findOrgScope({ userId: person.userId, slug }, permission, now);
  assert(scope !== null, "the person is let in");
  return scope;
}
