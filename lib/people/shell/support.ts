import { forgetMember, inScope, recordAudit } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { endSessions } from "@/lib/identity";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import type { MemberError } from "../errors";

export type OpenSupport = { readonly userId: string; readonly endsAt: Date };

const MOST_SUPPORT = 20;

/** Who looks on as support at this moment, and until when: every member may know. */
export async function listOpenSupport(scope: OrgScope, now: Date): Promise<readonly OpenSupport[]> {
  const { organizationId } = scope;
  const rows = await inScope(scope, (tx) =>
    tx.db.membership.findMany({
      where: { organizationId, role: "support", endsAt: { gt: now } },
      select: { userId: true, endsAt: true },
      orderBy: { endsAt: "desc" },
      take: MOST_SUPPORT,
    }),
  );
  return rows.flatMap(({ userId, endsAt }) => (endsAt ? [{ userId, endsAt }] : []));
}

/**
 * Ends support before its time. The row stays, with its new end, so that the trail has a subject.
 * Who is no open support (any more) is not found.
 */
export async function endSupport(
  scope: OrgScope,
  { userId, now }: { readonly userId: string; readonly now: Date },
): Promise<Result<null, MemberError>> {
  const { organizationId } = scope;
  if (!isId(userId)) return err({ code: "not-found" });
  const hasEnded = await inScope(scope, async (tx) => {
    const ended = await tx.db.membership.updateMany({
      where: { organizationId, userId, role: "support", endsAt: { gt: now } },
      data: { endsAt: now },
    });
    if (ended.count === 0) return false;
    const fact = { at: now, subjectKind: "user", subjectId: userId, detail: { userId } };
    await recordAudit(tx, { ...fact, action: "support.ended" });
    return true;
  });
  if (!hasEnded) return err({ code: "not-found" });
  await forgetMember(userId, organizationId);
  await endSessions(userId);
  return ok(null);
}

/** Notes which page support has opened: whoever is looked at can read what was seen. */
export async function recordSupportView(scope: OrgScope, path: string, now: Date): Promise<void> {
  await inScope(scope, (tx) =>
    recordAudit(tx, {
      at: now,
      action: "support.viewed",
      subjectKind: "organization",
      subjectId: scope.organizationId,
      detail: { path },
    }),
  );
}
