import { prismaFor, runtimePool } from "@/lib/platform/databases";
import type { RequestOrigin, ResidentScope, SystemScope } from "../core/scope";
import { made, systemScope } from "./open-scopes";

/**
 * Whoever holds a printed invitation's code, by its hash: a resident without a lease as yet, or the
 * system for somebody who is not known. Whether the invitation is open is property's to say. Null
 * for a code that opens nothing.
 */
export async function findInvitedScope(
  codeHash: string,
  person: { readonly userId: string; readonly origin: RequestOrigin | null } | null,
): Promise<{ readonly scope: ResidentScope | SystemScope; readonly invitationId: string } | null> {
  const entry = await prismaFor(runtimePool()).residentInvitationDirectory.findUnique({
    where: { codeHash },
    select: { belongsTo: true, invitationId: true },
  });
  if (!entry) return null;
  const { belongsTo: organizationId, invitationId } = entry;
  const scope = person
    ? made<ResidentScope>({ kind: "resident", organizationId, leaseIds: [], ...person })
    : systemScope(organizationId, "a printed invitation is looked at");
  return { scope, invitationId };
}
