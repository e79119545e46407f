import { notFound } from "next/navigation";
import { type OrgVisit, requireOrgScope } from "@/app/_scope/require-org-scope";
import { requireSignedIn } from "@/app/_scope/require-signed-in";
import { listStaffPlaces } from "@/lib/access";
import { systemClock } from "@/lib/platform";

/**
 * Lets in whoever manages an organization already, with the first of those; *not found* for others:
 * an installation's first is made by its set-up link, and nobody opens one from outside.
 */
export async function requireAdministrator(): Promise<OrgVisit> {
  const { userId } = await requireSignedIn();
  const places = await listStaffPlaces(userId, systemClock.now());
  const own = places.find(({ role, isLimited }) => role === "administrator" && !isLimited);
  if (!own) notFound();
  return requireOrgScope(own.slug, "organization:manage");
}
