import { buildingsOf, inScope, type ScopedTx, withinBuildings } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import { isId } from "@/lib/platform";
import { LET_KINDS, type UnitKind } from "../core/unit-kind";
import type { BedView } from "./beds";

/** A building of 400 units is drawn whole; nothing real comes near this. */
const MOST_UNITS = 1_000;

export type BuildingFacts = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly currency: CurrencyCode;
  readonly timeZone: string;
  readonly locale: string;
};

export type UnitView = {
  readonly id: string;
  readonly label: string;
  readonly floor: number;
  readonly position: number;
  readonly meterId: string | null;
  readonly meterNumber: string | null;
  readonly kind: UnitKind;
  /** Of a room with several residents, all of them. */
  readonly residentName: string | null;
  readonly isVacant: boolean;
  /** None where the unit is let as a whole. */
  readonly bedCount: number;
  readonly bedsTaken: number;
};

export type BuildingView = BuildingFacts & { readonly units: readonly UnitView[] };
export type UnitWithBuilding = UnitView & {
  readonly building: BuildingFacts;
  /** In their order; none for a unit that is let whole. */
  readonly beds: readonly BedView[];
};

const FACTS = {
  id: true,
  name: true,
  address: true,
  currency: true,
  timeZone: true,
  locale: true,
} as const;

/** The buildings that a scope sees, by name, at most `take` of them. */
export async function listBuildings(
  scope: Scope,
  { take }: { readonly take: number },
): Promise<readonly BuildingFacts[]> {
  const rows = await inScope(scope, (tx) =>
    tx.db.building.findMany({
      where: { organizationId: scope.organizationId, ...withinBuildings(scope, "id") },
      select: FACTS,
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take,
    }),
  );
  return rows.map(factsOf);
}

/**
 * A building with what is let in it as it stands at an instant, top floor first, each floor from
 * the left.
 * Null for a building of another organization too, and for one beyond a role's limits.
 */
export function findBuilding(
  scope: Scope,
  buildingId: string,
  at: Date,
): Promise<BuildingView | null> {
  return inScope(scope, async (tx) => {
    if (!isId(buildingId)) return null;
    const rows = await readUnits(tx, { buildingId, unitId: null, kinds: [...LET_KINDS], at });
    const [first] = rows;
    if (!first) return null;
    const units = rows.flatMap(
      ({ building: _building, beds: _beds, ...unit }) => unitOf(unit) ?? [],
    );
    return { ...factsOf(first.building), units };
  });
}

/** What is not let in a building: its common parts and the intakes of its supply. */
export function listPlaces(
  scope: Scope,
  buildingId: string,
  at: Date,
): Promise<readonly UnitView[]> {
  return inScope(scope, async (tx) => {
    if (!(await findFacts(tx, buildingId))) return [];
    return listUnits(tx, { buildingId, unitId: null, kinds: ["common", "intake"], at });
  });
}

/** A unit as it stands at an instant, with its building. Null when there is none for this scope. */
export function findUnit(scope: Scope, unitId: string, at: Date): Promise<UnitWithBuilding | null> {
  return inScope(scope, async (tx) => {
    if (!isId(unitId)) return null;
    const [row] = await readUnits(tx, { buildingId: null, unitId, kinds: null, at });
    if (!row) return null;
    const { building, beds, ...rest } = row;
    const unit = unitOf(rest);
    return unit && { ...unit, beds: beds ?? [], building: factsOf(building) };
  });
}

/** A building without what is in it. Null for one that the scope does not see. */
export function findBuildingFacts(scope: Scope, buildingId: string): Promise<BuildingFacts | null> {
  return inScope(scope, (tx) => findFacts(tx, buildingId));
}

/** Inside the room: a building's facts in the caller's transaction. */
export async function findFacts(tx: ScopedTx, buildingId: string): Promise<BuildingFacts | null> {
  if (!isId(buildingId)) return null;
  const row = await tx.db.building.findFirst({
    where: {
      organizationId: tx.scope.organizationId,
      AND: [{ id: buildingId }, withinBuildings(tx.scope, "id")],
    },
    select: FACTS,
  });
  return row && factsOf(row);
}

function factsOf(row: Omit<BuildingFacts, "currency"> & { readonly currency: string }) {
  const currency = parseCurrencyCode(row.currency);
  assert(currency.ok, "a building keeps its books in a currency we know");
  return { ...row, currency: currency.value };
}

type Which = {
  /** Null where the unit says it. */
  readonly buildingId: string | null;
  readonly unitId: string | null;
  /** Null for every kind. */
  readonly kinds: UnitKind[] | null;
  readonly at: Date;
};

type Facts = Omit<BuildingFacts, "currency"> & { readonly currency: string };
/** A building without units has one row, of nulls. */
type UnitRow = Omit<UnitView, "id"> & { readonly id: string | null };
type ReadRow = UnitRow & { readonly building: Facts; readonly beds: readonly BedView[] | null };

const unitOf = ({ id, ...unit }: UnitRow): UnitView | null =>
  id === null ? null : { id, ...unit };

/** For this room: a whole building by one statement. */
export async function listUnits(
  tx: ScopedTx,
  which: Which & { readonly buildingId: string },
): Promise<UnitView[]> {
  const rows = await readUnits(tx, which);
  return rows.flatMap(({ building: _building, beds: _beds, ...unit }) => unitOf(unit) ?? []);
}

/**
 * Units with the building that they are in, within a role's buildings; of a building without units
 * the building alone. Of several meters the one that sells.
 */
function readUnits(tx: ScopedTx, which: Which): Promise<ReadRow[]> {
  const { organizationId } = tx.scope;
  const { buildingId, unitId, kinds, at } = which;
  const within = buildingsOf(tx.scope);
  return tx.db.$queryRaw<ReadRow[]>`
    WITH here AS MATERIALIZED (
      SELECT b.organization_id, b.id, (${at}::timestamptz AT TIME ZONE b.time_zone)::date AS today,
        jsonb_build_object('id', b.id, 'name', b.name, 'address', b.address, 'currency', b.currency,
          'timeZone', b.time_zone, 'locale', b.locale) AS facts
      FROM building b
      WHERE b.organization_id = ${organizationId}::uuid
        AND b.id = coalesce(${buildingId}::uuid, (SELECT u.building_id FROM unit u
          WHERE u.organization_id = ${organizationId}::uuid AND u.id = ${unitId}::uuid))
        AND (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[])))
    SELECT b.facts AS building, u.id, u.label, u.floor, u.position, u.kind,
      served.id AS "meterId", served.meter_number AS "meterNumber",
      held.names AS "residentName", coalesce(held.count, 0) = 0 AS "isVacant",
      coalesce(held.beds, 0) AS "bedsTaken", coalesce(bed.count, 0) AS "bedCount", bed.beds
    FROM here b
    LEFT JOIN unit u ON u.organization_id = b.organization_id AND u.building_id = b.id
      AND (${unitId}::uuid IS NULL OR u.id = ${unitId}::uuid)
      AND (${kinds}::text[] IS NULL OR u.kind = ANY (${kinds}::text[]))
    LEFT JOIN LATERAL (SELECT m.id, m.meter_number FROM meter_installation i
      JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id
      WHERE i.organization_id = u.organization_id AND i.unit_id = u.id
        AND i.starts_at <= ${at}::timestamptz
        AND (i.ends_at IS NULL OR i.ends_at > ${at}::timestamptz)
      ORDER BY m.vending_key_id IS NULL, m.resource <> 'electricity', i.starts_at DESC, i.id DESC
      LIMIT 1) served ON true
    LEFT JOIN LATERAL (SELECT count(*)::int AS count, count(l.bed_id)::int AS beds,
        string_agg(r.name, ', ' ORDER BY l.starts_on, r.name) AS names
      FROM lease l
      JOIN resident r ON r.organization_id = l.organization_id AND r.id = l.resident_id
      WHERE l.organization_id = u.organization_id AND l.unit_id = u.id
        AND l.starts_on <= b.today AND (l.ends_on IS NULL OR l.ends_on > b.today)) held ON true
    LEFT JOIN LATERAL (SELECT count(*)::int AS count,
        jsonb_agg(jsonb_build_object('id', bed.id, 'label', bed.label)
          ORDER BY bed.position, bed.label) AS beds
      FROM bed WHERE bed.organization_id = u.organization_id AND bed.unit_id = u.id) bed ON true
    ORDER BY u.floor DESC, u.position, u.label LIMIT ${MOST_UNITS}`;
}
