import { forgetMember, inScope } from "@/lib/access";
import type { OrgScope, Role } from "@/lib/access/shared";
import { endSessions } from "@/lib/identity";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import type { MemberError } from "../errors";
import { applyRemoval, applyStanding } from "./apply-change";
import { findStanding, lockStaff } from "./staff-lock";

/** What the one who hands over becomes: stays administrator, takes another role, or leaves. */
export type AfterHandOver = "stay" | "leave" | Exclude<Role, "administrator">;

/**
 * The last administrator makes another member administrator of everything, and in the same step
 * stays, takes another role or leaves. Refused where there is a second administrator: then changes
 * take the usual ways.
 */
export async function handOver(
  scope: OrgScope,
  step: { readonly userId: string; readonly becomes: AfterHandOver; readonly now: Date },
): Promise<Result<null, MemberError>> {
  const { userId, becomes, now } = step;
  const how = { alone: true } as const;
  const done = await inScope(scope, async (tx): Promise<Result<null, MemberError>> => {
    const administrators = await lockStaff(tx);
    const isLast = administrators.length === 1 && administrators[0] === scope.userId;
    if (!isLast) return err({ code: "not-the-last" });
    const heir = isId(userId) ? await findStanding(tx, userId, now) : null;
    const self = await findStanding(tx, scope.userId, now);
    if (!heir || !self || heir.userId === self.userId || heir.role === "support") {
      return err({ code: "not-found" });
    }
    const everything = { role: "administrator", buildings: null } as const;
    await applyStanding(tx, heir, everything, { how, now });
    if (becomes === "leave") await applyRemoval(tx, self, { how: {}, now });
    else if (becomes !== "stay") {
      await applyStanding(tx, self, { role: becomes, buildings: null }, { how: {}, now });
    }
    return ok(null);
  });
  if (!done.ok) return done;
  if (becomes === "leave") await forgetMember(scope.userId, scope.organizationId);
  await endSessions(userId);
  if (becomes !== "stay") await endSessions(scope.userId);
  return done;
}
