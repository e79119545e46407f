import { inScope, type ScopedTx, withinBuildings } from "@/lib/access";
import type { Scope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import { isId } from "@/lib/platform";
import { LET_KINDS, type UnitKind } from "../core/unit-kind";

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
export type UnitWithBuilding = UnitView & { readonly building: BuildingFacts };

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
    const building = await findFacts(tx, buildingId);
    if (!building) return null;
    const kinds = [...LET_KINDS];
    return { ...building, units: await listUnits(tx, { buildingId, unitId: null, kinds, at }) };
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
    const unit = await tx.db.unit.findFirst({
      where: {
        organizationId: scope.organizationId,
        id: unitId,
        ...withinBuildings(scope, "buildingId"),
      },
      select: { building: { select: FACTS } },
    });
    if (!unit) return null;
    const building = factsOf(unit.building);
    const [view] = await listUnits(tx, { buildingId: building.id, unitId, kinds: null, at });
    return view ? { ...view, building } : null;
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

/** For this room: a whole building by one statement. Of several meters the one that sells. */
export function listUnits(
  tx: ScopedTx,
  which: {
    readonly buildingId: string;
    readonly unitId: string | null;
    /** Null for every kind. */
    readonly kinds: UnitKind[] | null;
    readonly at: Date;
  },
): Promise<UnitView[]> {
  const { organizationId } = tx.scope;
  const { buildingId, unitId, kinds, at } = which;
  return tx.db.$queryRaw<UnitView[]>`
    SELECT u.id, u.label, u.floor, u.position, u.kind, served.id AS "meterId",
      served.meter_number AS "meterNumber", held.names AS "residentName",
      held.count = 0 AS "isVacant", held.beds AS "bedsTaken",
      (SELECT count(*)::int FROM bed WHERE bed.organization_id = u.organization_id
        AND bed.unit_id = u.id) AS "bedCount"
    FROM unit u
    JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
    LEFT JOIN LATERAL (SELECT m.id, m.meter_number FROM meter_installation i
      JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id
      WHERE i.organization_id = u.organization_id AND i.unit_id = u.id
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> ${at}::timestamptz
      ORDER BY m.vending_key_id IS NULL, m.resource <> 'electricity', i.starts_at DESC, i.id DESC
      LIMIT 1) served ON true
    CROSS JOIN LATERAL (SELECT count(*)::int AS count, count(l.bed_id)::int AS beds,
        string_agg(r.name, ', ' ORDER BY l.starts_on, r.name) AS names
      FROM lease l
      JOIN resident r ON r.organization_id = l.organization_id AND r.id = l.resident_id
      WHERE l.organization_id = u.organization_id AND l.unit_id = u.id
        AND daterange(l.starts_on, l.ends_on, '[)')
          @> (${at}::timestamptz AT TIME ZONE b.time_zone)::date) held
    WHERE u.organization_id = ${organizationId}::uuid AND u.building_id = ${buildingId}::uuid
      AND (${unitId}::uuid IS NULL OR u.id = ${unitId}::uuid)
      AND (${kinds}::text[] IS NULL OR u.kind = ANY (${kinds}::text[]))
    ORDER BY u.floor DESC, u.position, u.label LIMIT ${MOST_UNITS}`;
}
