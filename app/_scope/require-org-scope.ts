import { notFound } from "next/navigation";
import { findOrgScope } from "@/lib/access";
import type { OrgScope, Permission } from "@/lib/access/shared";
import type { SignedIn } from "@/lib/identity";
import { recordSupportView } from "@/lib/people";
import { systemClock } from "@/lib/platform";
import { readOrigin } from "./request-origin";
import { readPath } from "./request-path";
import { requireSignedIn } from "./require-signed-in";

export type OrgVisit = { readonly scope: OrgScope; readonly person: SignedIn };

/**
 * Lets staff in, or ends the request: to sign-in for nobody, *not found* for somebody who is no
 * member or may not do this, for a stranger must not learn that the organization exists.
 */
export async function requireOrgScope(slug: string, permission: Permission): Promise<OrgVisit> {
  // An action's bound arguments come back from the browser, and may be anything by then.
  if (typeof slug !== "string") notFound();
  const person = await requireSignedIn();
  const origin = await readOrigin();
  const now = systemClock.now();
  const scope = await findOrgScope({ userId: person.userId, slug, origin }, permission, now);
  if (!scope) notFound();
  // Whoever is looked at can read what was seen: noted before it is shown.
  if (scope.role === "support") await recordSupportView(scope, readPath() ?? `/o/${slug}`, now);
  return { scope, person };
}
