import { buildingsOf, inScope, recordAudit, withinBuildings } from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import type { CurrencyCode } from "@/lib/money";
import { isId, newId } from "@/lib/platform";
import type { UnitKind } from "../core/unit-kind";
import { civilDayAt } from "./civil-time";

export type NewBuilding = {
  readonly name: string;
  readonly address: string;
  readonly currency: CurrencyCode;
  /** IANA name, such as "Africa/Nairobi": civil days are counted in it. */
  readonly timeZone: string;
  /** BCP 47, such as "en-KE": how money and dates are written for this building. */
  readonly locale: string;
  readonly tariffId: string;
  readonly now: Date;
};

/**
 * Creates a building and gives its id. Throws for a zone or a locale that does not exist, and for a
 * tariff in another currency: a building has one. A role limited to buildings adds none.
 */
export async function createBuilding(
  scope: OrgScope | SystemScope,
  building: NewBuilding,
): Promise<string> {
  const { name, address, currency, timeZone, locale, tariffId, now } = building;
  assert(buildingsOf(scope) === null, "a role limited to buildings adds none");
  civilDayAt(now, timeZone);
  Intl.getCanonicalLocales(locale);
  const { organizationId } = scope;
  const id = newId();
  await inScope(scope, async (tx) => {
    const tariff = await tx.db.tariff.findFirst({
      where: { organizationId, id: tariffId },
      select: { currency: true },
    });
    assert(tariff?.currency === currency, "a building's tariff is in the building's currency");
    await tx.db.building.createMany({
      data: [
        { organizationId, id, name, address, currency, timeZone, locale, tariffId, createdAt: now },
      ],
    });
    await recordAudit(tx, {
      at: now,
      action: "building.created",
      subjectKind: "building",
      subjectId: id,
      detail: {},
      after: { name, currency, tariffId },
    });
  });
  return id;
}

export type NewUnit = {
  readonly buildingId: string;
  /** As it stands on the door; unique in its building. */
  readonly label: string;
  /** 0 is the ground floor. */
  readonly floor: number;
  /** From the left, as the façade is drawn. */
  readonly position: number;
  /** A flat, where nothing is said. */
  readonly kind?: UnitKind;
  readonly now: Date;
};

/**
 * Creates a unit and gives its id. Throws for a label that the building has already, and for a
 * building that the scope does not see.
 */
export async function createUnit(scope: OrgScope | SystemScope, unit: NewUnit): Promise<string> {
  const { organizationId } = scope;
  const { buildingId, label, floor, position, kind = "flat", now } = unit;
  const id = newId();
  await inScope(scope, async (tx) => {
    const seen = { organizationId, AND: [{ id: buildingId }, withinBuildings(scope, "id")] };
    assert((await tx.db.building.count({ where: seen })) === 1, "a unit is in a building one sees");
    await tx.db.unit.createMany({
      data: [{ organizationId, id, buildingId, label, floor, position, kind }],
    });
    await recordAudit(tx, {
      at: now,
      action: "unit.created",
      subjectKind: "unit",
      subjectId: id,
      detail: {},
      after: { label },
    });
  });
  return id;
}

export type NewBed = {
  readonly unitId: string;
  /** As it stands on the bed; unique in its unit. */
  readonly label: string;
  readonly position: number;
};

/** Adds a bed to a unit and gives its id. Throws for a unit that the scope does not see. */
export async function createBed(scope: OrgScope | SystemScope, bed: NewBed): Promise<string> {
  const { organizationId } = scope;
  const { unitId, label, position } = bed;
  const id = newId();
  await inScope(scope, async (tx) => {
    const seen = { organizationId, id: unitId, ...withinBuildings(scope, "buildingId") };
    assert((await tx.db.unit.count({ where: seen })) === 1, "a bed is in a unit one sees");
    await tx.db.bed.createMany({ data: [{ organizationId, id, unitId, label, position }] });
  });
  return id;
}

/** The id of a unit by what stands on its door; null where the scope sees no such unit. */
export function findUnitId(
  scope: OrgScope | SystemScope,
  { buildingId, label }: { readonly buildingId: string; readonly label: string },
): Promise<string | null> {
  const { organizationId } = scope;
  return inScope(scope, async (tx) => {
    if (!isId(buildingId)) return null;
    const seen = { buildingId, building: withinBuildings(scope, "id") };
    const unit = await tx.db.unit.findFirst({
      where: { organizationId, label, ...seen },
      select: { id: true },
    });
    return unit?.id ?? null;
  });
}
