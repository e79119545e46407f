import type { RequestOrigin } from "../core/scope";
import { recordAudit } from "./audit";
import { inScope } from "./in-scope";
import { systemScope } from "./open-scopes";
import { listStaffPlaces } from "./staff";

/**
 * Writes into the trail of every organization where a person is staff that they changed how they
 * sign in: what opens an organization's doors is its business. Signing in changes nothing and is
 * written down nowhere but in the session; a resident's sign-in is nobody's but theirs
 * (docs/decisions/012-audit-chain.md).
 */
export async function recordSignInChange(
  userId: string,
  change: {
    readonly action: "person.password-changed" | "person.sessions-ended";
    readonly origin: RequestOrigin | null;
    readonly now: Date;
  },
): Promise<void> {
  const { action, origin, now } = change;
  for (const { organizationId } of await listStaffPlaces(userId, now)) {
    const scope = systemScope(organizationId, "a person changed how they sign in");
    await inScope(scope, (tx) =>
      recordAudit(tx, {
        at: now,
        action,
        subjectKind: "user",
        subjectId: userId,
        detail: {},
        actor: { userId, origin },
      }),
    );
  }
}
