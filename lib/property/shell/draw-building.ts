import { buildingsOf, inScope, recordAudit, type ScopedTx, withinBuildings } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId, newId } from "@/lib/platform";
import type { DrawnUnit } from "../core/draw-units";
import type { AddUnitsError, DrawBuildingError } from "../errors";
import { civilDayAt } from "./civil-time";

/**
 * A building with its units, all of it or nothing, and its id. Its currency is its tariff's.
 * Refused for a tariff, a zone or a locale that is none, and to a role limited to buildings.
 */
export async function drawBuilding(
  scope: OrgScope,
  drawn: {
    readonly name: string;
    readonly address: string;
    readonly tariffId: string;
    readonly timeZone: string;
    readonly locale: string;
    readonly units: readonly DrawnUnit[];
    readonly now: Date;
  },
): Promise<Result<string, DrawBuildingError>> {
  const { name, address, tariffId, timeZone, locale, units, now } = drawn;
  if (buildingsOf(scope) !== null) return err("not-allowed");
  if (!isKnown(() => civilDayAt(now, timeZone))) return err("zone-unknown");
  if (!isKnown(() => Intl.getCanonicalLocales(locale))) return err("locale-unknown");
  const { organizationId } = scope;
  const id = newId();
  return inScope(scope, async (tx): Promise<Result<string, DrawBuildingError>> => {
    const tariff = isId(tariffId)
      ? await tx.db.tariff.findFirst({
          where: { organizationId, id: tariffId },
          select: { currency: true },
        })
      : null;
    if (!tariff) return err("tariff-not-found");
    const { currency } = tariff;
    const place = { name, address, currency, timeZone, locale, tariffId };
    await tx.db.building.createMany({ data: [{ organizationId, id, ...place, createdAt: now }] });
    const about = { at: now, subjectKind: "building", subjectId: id } as const;
    const after = { name, currency, tariffId };
    await recordAudit(tx, { ...about, action: "building.created", detail: {}, after });
    await putUnits(tx, { buildingId: id, name, units, now });
    return ok(id);
  });
}

/**
 * More units for a building, all or none. Refused for a label that it has already; of two who add
 * the same at once the second fails on the database's rule, and adds nothing.
 */
export async function addUnits(
  scope: OrgScope,
  added: {
    readonly buildingId: string;
    readonly units: readonly DrawnUnit[];
    readonly now: Date;
  },
): Promise<Result<number, AddUnitsError>> {
  const { buildingId, units, now } = added;
  const { organizationId } = scope;
  if (!isId(buildingId)) return err({ code: "building-not-found" });
  return inScope(scope, async (tx): Promise<Result<number, AddUnitsError>> => {
    const seen = { organizationId, AND: [{ id: buildingId }, withinBuildings(scope, "id")] };
    const building = await tx.db.building.findFirst({ where: seen, select: { name: true } });
    if (!building) return err({ code: "building-not-found" });
    const labels = units.map(({ label }) => label);
    const taken = await tx.db.unit.findFirst({
      where: { organizationId, buildingId, label: { in: labels } },
      select: { label: true },
    });
    if (taken) return err({ code: "label-taken", label: taken.label });
    await putUnits(tx, { buildingId, name: building.name, units, now });
    return ok(units.length);
  });
}

async function putUnits(
  tx: ScopedTx<OrgScope>,
  filling: {
    readonly buildingId: string;
    readonly name: string;
    readonly units: readonly DrawnUnit[];
    readonly now: Date;
  },
): Promise<void> {
  const { buildingId, name, units, now } = filling;
  const { organizationId } = tx.scope;
  await tx.db.unit.createMany({
    data: units.map((unit) => ({ organizationId, id: newId(), buildingId, kind: "flat", ...unit })),
  });
  await recordAudit(tx, {
    at: now,
    action: "building.filled",
    subjectKind: "building",
    subjectId: buildingId,
    detail: { building: name },
    after: { units: units.length },
  });
}

function isKnown(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
