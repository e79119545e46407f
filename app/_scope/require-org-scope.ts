import { notFound } from "next/navigation";
import { findOrgScope } from "@/lib/access";
import type { OrgScope, Permission } from "@/lib/access/shared";
import type { SignedIn } from "@/lib/identity";
import { systemClock } from "@/lib/platform";
import { readOrigin } from "./request-origin";
import { requireSignedIn } from "./require-signed-in";

export type OrgVisit = { readonly scope: OrgScope; readonly person: SignedIn };

/**
 * Lets staff in, or ends the request: to sign-in for nobody, *not found* for somebody who is no
 * member or may not do this, for a stranger must not learn that the organization exists.
 */
export async function requireOrgScope(slug: string, permission: Permission): Promise<OrgVisit> {
  const person = await requireSignedIn();
  const origin = await readOrigin();
  const scope = await findOrgScope(
    { userId: person.userId, slug, origin },
    permission,
    systemClock.now(),
  );
  if (!scope) notFound();
  return { scope, person };
}
