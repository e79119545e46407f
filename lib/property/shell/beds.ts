import { inScope, recordAudit, withinBuildings } from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";
import { MOST_BEDS } from "../core/bed-labels";
import { hasBeds, parseUnitKind } from "../core/unit-kind";
import type { AddBedsError } from "../errors";
import { lockUnit } from "./occupancies";

export type BedView = { readonly id: string; readonly label: string };

/** The beds of a unit in their order; none for one that the scope does not see. */
export function listBeds(scope: OrgScope, unitId: string): Promise<readonly BedView[]> {
  return inScope(scope, async (tx) => {
    if (!isId(unitId)) return [];
    return tx.db.bed.findMany({
      where: {
        organizationId: scope.organizationId,
        unitId,
        unit: withinBuildings(scope, "buildingId"),
      },
      select: { id: true, label: true },
      orderBy: [{ position: "asc" }, { label: "asc" }],
      take: MOST_BEDS,
    });
  });
}

/**
 * Adds beds to a room, after those it has. Two at once add theirs one after the other; a label
 * that stands on a bed of the unit already is refused, and then none is added. A flat and a shop
 * are let whole, and have none.
 */
export function addBeds(
  scope: OrgScope | SystemScope,
  added: { readonly unitId: string; readonly labels: readonly string[]; readonly now: Date },
): Promise<Result<void, AddBedsError>> {
  const { organizationId } = scope;
  const { unitId, labels, now } = added;
  return inScope(scope, async (tx): Promise<Result<void, AddBedsError>> => {
    if (!isId(unitId)) return err("unit-not-found");
    await lockUnit(tx, unitId);
    const unit = await tx.db.unit.findFirst({
      where: {
        organizationId,
        id: unitId,
        ...withinBuildings(scope, "buildingId"),
      },
      select: {
        label: true,
        kind: true,
        beds: { select: { label: true, position: true }, orderBy: { position: "asc" } },
      },
    });
    if (!unit) return err("unit-not-found");
    const kind = parseUnitKind(unit.kind);
    if (kind === null || !hasBeds(kind)) return err("not-a-room");
    if (unit.beds.some(({ label }) => labels.includes(label))) return err("bed-label-taken");
    if (unit.beds.length + labels.length > MOST_BEDS) return err("too-many-beds");
    const last = unit.beds.at(-1)?.position ?? 0;
    await tx.db.bed.createMany({
      data: labels.map((label, index) => ({
        organizationId,
        id: newId(),
        unitId,
        label,
        position: last + index + 1,
      })),
    });
    await recordAudit(tx, {
      at: now,
      action: "unit.beds-added",
      subjectKind: "unit",
      subjectId: unitId,
      detail: {},
      after: { unit: unit.label, beds: labels.join(", ") },
    });
    return ok(undefined);
  });
}
