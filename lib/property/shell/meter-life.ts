import { inScope, recordAudit } from "@/lib/access";
import type { OrgScope, Scope, SystemScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import type { TakeMeterOutError } from "../errors";
import { metersWithin } from "./meters-within";

/** Where a meter hung, from when to when; no end for where it hangs now. */
export type Installation = {
  readonly id: string;
  readonly unitId: string;
  readonly unitLabel: string;
  readonly buildingName: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
};

const MOST_INSTALLATIONS = 50;

/** The places of a meter within the scope's buildings, the newest first. */
export async function listInstallations(
  scope: Scope,
  meterId: string,
): Promise<readonly Installation[]> {
  if (!isId(meterId)) return [];
  const { organizationId } = scope;
  const within =
    scope.kind === "organization" && scope.buildingIds !== null
      ? { unit: { buildingId: { in: [...scope.buildingIds] } } }
      : {};
  const found = await inScope(scope, (tx) =>
    tx.db.meterInstallation.findMany({
      where: { organizationId, meterId, ...within },
      select: {
        id: true,
        unitId: true,
        startsAt: true,
        endsAt: true,
        unit: { select: { label: true, building: { select: { name: true } } } },
      },
      orderBy: { startsAt: "desc" },
      take: MOST_INSTALLATIONS,
    }),
  );
  return found.map(({ unit, ...installation }) => ({
    ...installation,
    unitLabel: unit.label,
    buildingName: unit.building.name,
  }));
}

export type TakingOut = {
  readonly meterId: string;
  /** Why, for whoever reads the trail; not empty. */
  readonly reason: string;
  readonly now: Date;
};

/**
 * Says that a meter serves its unit no longer. What was bought and used stays with the unit, and
 * nothing is sold for the meter until it hangs again. Refused while a paid purchase has no token
 * yet, for that token is made for this place. Of two at once, one takes it out.
 */
export function takeMeterOut(
  scope: OrgScope | SystemScope,
  { meterId, reason, now }: TakingOut,
): Promise<Result<void, TakeMeterOutError>> {
  const { organizationId } = scope;
  return inScope(scope, async (tx): Promise<Result<void, TakeMeterOutError>> => {
    const meter = isId(meterId)
      ? await tx.db.meter.findFirst({
          where: { organizationId, id: meterId, ...metersWithin(scope, now) },
          select: { meterNumber: true },
        })
      : null;
    if (!meter) return err("meter-not-found");
    const hangs = { organizationId, meterId, startsAt: { lte: now }, endsAt: null };
    const found = await tx.db.meterInstallation.findFirst({
      where: hangs,
      select: { id: true, unitId: true, unit: { select: { label: true } } },
    });
    if (!found) return err("not-installed");
    const waiting = await tx.db.purchase.findFirst({
      where: {
        organizationId,
        installationId: found.id,
        status: { in: ["paid", "reserved", "in_doubt"] },
      },
      select: { id: true },
    });
    if (waiting) return err("token-on-its-way");
    const { count } = await tx.db.meterInstallation.updateMany({
      where: { ...hangs, id: found.id },
      data: { endsAt: now },
    });
    if (count === 0) return err("not-installed");
    await recordAudit(tx, {
      at: now,
      action: "meter.taken-out",
      subjectKind: "meter",
      subjectId: meterId,
      detail: { meterNumber: meter.meterNumber, reason },
      before: { unitId: found.unitId, unit: found.unit.label },
    });
    return ok(undefined);
  });
}
