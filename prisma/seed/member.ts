import { addStaff, findOrgScope } from "@/lib/access";
import type { MembershipRole, OrgScope, Permission } from "@/lib/access/shared";
import { createPerson } from "@/lib/identity";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";

/** For database tests: somebody new with a role, and the scope that this opens. */
export async function makeMember(
  organizationId: string,
  staff: {
    readonly role: MembershipRole;
    readonly now: Date;
    readonly buildingIds?: readonly string[];
    readonly permission?: Permission;
  },
): Promise<OrgScope> {
  const { permission = "building:read", ...member } = staff;
  const slug = `org-${newId()}`;
  const email = `${newId()}@example.org`;
  const { now } = staff;
  const userId = await createPerson({ name: "Amina Otieno", email, password: newId(), now });
  await addStaff(organizationId, { ...member, userId, slug });
  const scope = await findOrgScope({ userId, slug }, permission, now);
  assert(scope, "a builder's member is let in");
  return scope;
}
