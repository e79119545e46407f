import { inScope, recordAudit } from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import type { ArchiveMeterError } from "../errors";
import { lockMeters } from "./meters";
import { metersWithin } from "./meters-within";

/**
 * Puts a meter that is out among the archived, or brings it back as one that can be put in. What it
 * showed and what was sold for it stays. One that serves a unit is refused; twice changes nothing.
 */
export function archiveMeter(
  scope: OrgScope | SystemScope,
  wanted: { readonly meterId: string; readonly isArchived: boolean; readonly now: Date },
): Promise<Result<void, ArchiveMeterError>> {
  const { organizationId } = scope;
  const { meterId, isArchived, now } = wanted;
  return inScope(scope, async (tx): Promise<Result<void, ArchiveMeterError>> => {
    if (!isId(meterId)) return err("meter-not-found");
    await lockMeters(tx, [meterId]);
    const meter = await tx.db.meter.findFirst({
      where: { organizationId, id: meterId, ...metersWithin(scope, now) },
      select: {
        meterNumber: true,
        status: true,
        installations: {
          where: { OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
          select: { id: true },
          take: 1,
        },
      },
    });
    if (!meter) return err("meter-not-found");
    if (meter.installations.length > 0) return err("meter-in-use");
    if ((meter.status === "archived") === isArchived) return ok(undefined);
    const status = isArchived ? "archived" : "active";
    await tx.db.meter.updateMany({ where: { organizationId, id: meterId }, data: { status } });
    await recordAudit(tx, {
      at: now,
      action: isArchived ? "meter.archived" : "meter.restored",
      subjectKind: "meter",
      subjectId: meterId,
      detail: { meterNumber: meter.meterNumber },
      before: { status: meter.status },
      after: { status },
    });
    return ok(undefined);
  });
}
