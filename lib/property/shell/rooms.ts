import { inScope, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { LET_KINDS } from "../core/unit-kind";
import { type BuildingFacts, findFacts, listUnits, type UnitView } from "./building-views";
import { civilDayAt, dateOfCivilDay } from "./civil-time";

/** Who holds a place, or will. */
export type PlaceHolder = {
  readonly residentName: string;
  /** Civil days; the end is the first day no longer held, null while none is known. */
  readonly startsOn: string;
  readonly endsOn: string | null;
};

/** A bed, or the whole of a unit that has none or is let as one. */
export type Place = {
  readonly bedId: string | null;
  readonly label: string;
  readonly holder: PlaceHolder | null;
  /** Who comes after, or is to come into a place that is free. */
  readonly next: PlaceHolder | null;
};

export type Room = UnitView & { readonly places: readonly Place[] };
export type BuildingRooms = { readonly building: BuildingFacts; readonly rooms: readonly Room[] };

/** More than a building of 1,000 units with beds has. */
const MOST_ROWS = 5_000;

/**
 * What is let in a building, with each bed and who holds it at an instant, top floor first. Four
 * statements, however many rooms. Null for a building that the scope does not see.
 */
export function listRooms(
  scope: OrgScope,
  buildingId: string,
  at: Date,
): Promise<BuildingRooms | null> {
  return inScope(scope, async (tx) => {
    const building = await findFacts(tx, buildingId);
    if (!building) return null;
    const units = await listUnits(tx, { buildingId, unitId: null, kinds: [...LET_KINDS], at });
    const today = civilDayAt(at, building.timeZone);
    const beds = Map.groupBy(await readBeds(tx, buildingId), ({ unitId }) => unitId);
    const leases = Map.groupBy(await readLeases(tx, buildingId, today), ({ unitId }) => unitId);
    const rooms = units.map((unit) => ({
      ...unit,
      places: placesOf({
        beds: beds.get(unit.id) ?? [],
        leases: leases.get(unit.id) ?? [],
        label: unit.label,
        today,
      }),
    }));
    return { building, rooms };
  });
}

type BedRow = { readonly unitId: string; readonly id: string; readonly label: string };
type LeaseRow = PlaceHolder & { readonly unitId: string; readonly bedId: string | null };

function placesOf(input: {
  readonly beds: readonly BedRow[];
  readonly leases: readonly LeaseRow[];
  readonly label: string;
  readonly today: string;
}): readonly Place[] {
  const { beds, leases, label, today } = input;
  const place = (bedId: string | null, name: string): Place => {
    const own = leases.filter((lease) => lease.bedId === bedId);
    const holder = own.find(({ startsOn }) => startsOn <= today) ?? null;
    const next = own.find(({ startsOn }) => startsOn > today) ?? null;
    return { bedId, label: name, holder: holder && bare(holder), next: next && bare(next) };
  };
  const whole = place(null, label);
  const isWhole = beds.length === 0 || whole.holder !== null;
  return isWhole ? [whole] : beds.map((bed) => place(bed.id, bed.label));
}

const bare = ({ residentName, startsOn, endsOn }: PlaceHolder): PlaceHolder => ({
  residentName,
  startsOn,
  endsOn,
});

function readBeds(tx: ScopedTx, buildingId: string): Promise<readonly BedRow[]> {
  return tx.db.bed.findMany({
    where: { organizationId: tx.scope.organizationId, unit: { buildingId } },
    select: { unitId: true, id: true, label: true },
    orderBy: [{ unitId: "asc" }, { position: "asc" }, { label: "asc" }],
    take: MOST_ROWS,
  });
}

function readLeases(tx: ScopedTx, buildingId: string, today: string): Promise<readonly LeaseRow[]> {
  return tx.db.$queryRaw<LeaseRow[]>`
    SELECT l.unit_id AS "unitId", l.bed_id AS "bedId", r.name AS "residentName",
      l.starts_on::text AS "startsOn", l.ends_on::text AS "endsOn"
    FROM unit u
    JOIN lease l ON l.organization_id = u.organization_id AND l.unit_id = u.id
    JOIN resident r ON r.organization_id = l.organization_id AND r.id = l.resident_id
    WHERE u.organization_id = ${tx.scope.organizationId}::uuid
      AND u.building_id = ${buildingId}::uuid
      AND (l.ends_on IS NULL OR l.ends_on > ${dateOfCivilDay(today)}::date)
    ORDER BY l.starts_on, l.id LIMIT ${MOST_ROWS}`;
}
