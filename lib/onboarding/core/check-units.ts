import { parseUnitKind } from "@/lib/property/shared";
import { blame, type CheckedBuilding } from "./check-buildings";
import type { KnownProperty, KnownUnit } from "./known-property";
import type { PlannedBed, PlannedUnit, Ref } from "./plan";
import type { Entry } from "./read-row";

/** Where a row is: its unit, and its bed if it names one. */
export type Place = {
  readonly unit: Ref;
  readonly unitKey: string;
  readonly known: KnownUnit | null;
  readonly kind: string;
  readonly bed: Ref | null;
  readonly building: CheckedBuilding;
};

export type CheckedPlaces = {
  readonly units: readonly PlannedUnit[];
  readonly beds: readonly PlannedBed[];
  readonly placeOf: ReadonlyMap<Entry, Place>;
};

const keyOf = ({ cells }: Entry) => `${cells.building}\n${cells.unit}`;

/**
 * Units and beds of the sheet. A unit may have several rows: for its beds, leases and meters. A row
 * that adds nothing to the rows above it is a slip.
 */
export function checkUnits(
  entries: readonly Entry[],
  context: {
    readonly buildings: ReadonlyMap<string, CheckedBuilding>;
    readonly known: KnownProperty;
  },
): CheckedPlaces {
  const { buildings, known } = context;
  const onRecord = new Map(known.units.map((unit) => [`${unit.buildingId}\n${unit.label}`, unit]));
  const placed = entries.filter(({ cells }) => cells.building !== "" && cells.unit !== "");
  const units: PlannedUnit[] = [];
  const beds: PlannedBed[] = [];
  const placeOf = new Map<Entry, Place>();
  const nextPlace = new Map<string, number>();
  for (const [unitKey, rows] of Map.groupBy(placed, keyOf)) {
    const [first] = rows;
    const building = first && buildings.get(first.cells.building);
    if (!first || !building) continue;
    const standing = onRecord.get(`${building.knownId}\n${first.cells.unit}`) ?? null;
    agree(rows, standing);
    noteSlips(rows, standing);
    const unit: Ref = standing ? { id: standing.id } : { ref: `unit ${unitKey}` };
    const kind = standing?.kind ?? kindOfRows(rows);
    if ("ref" in unit) {
      const floor = said(rows, "floor") ?? 0;
      const line = `${first.cells.building}\n${floor}`;
      const position = said(rows, "position") ?? (nextPlace.get(line) ?? 0) + 1;
      nextPlace.set(line, Math.max(position, nextPlace.get(line) ?? 0));
      const label = first.cells.unit;
      units.push({ ref: unit.ref, building: building.ref, label, floor, position, kind });
    }
    const bedRefs = bedsOf(rows, { unit, unitKey, standing, beds });
    for (const entry of rows) {
      const bed = bedRefs.get(entry.cells.bed) ?? null;
      placeOf.set(entry, { unit, unitKey, known: standing, kind, bed, building });
    }
  }
  return { units, beds, placeOf };
}

function kindOfRows(rows: readonly Entry[]) {
  const named = rows.map(({ kind }) => parseUnitKind(kind ?? "")).find((kind) => kind !== null);
  return named ?? (rows.some(({ cells }) => cells.bed !== "") ? "room" : "flat");
}

function said(rows: readonly Entry[], what: "floor" | "position"): number | null {
  return rows.map((entry) => entry[what]).find((value) => value !== null) ?? null;
}

const OF_UNIT = ["kind", "floor", "position"] as const;

function agree(rows: readonly Entry[], standing: KnownUnit | null): void {
  for (const what of OF_UNIT) {
    const first = rows.find((entry) => entry[what] !== null);
    const expected = standing ? standing[what] : first?.[what];
    for (const entry of rows) {
      if (entry[what] === null || entry[what] === expected) continue;
      if (standing) blame(entry, what, "differs-on-record", { hint: String(expected) });
      else if (first) blame(entry, what, "differs", { row: first.row });
    }
  }
}

/** A row adds a bed, a meter or a lease; the first of a new unit adds the unit itself. */
function noteSlips(rows: readonly Entry[], standing: KnownUnit | null): void {
  const beds = new Set(standing?.beds.map(({ label }) => label) ?? []);
  for (const [place, entry] of rows.entries()) {
    const { bed, meter, resident } = entry.cells;
    const addsBed = bed !== "" && !beds.has(bed);
    beds.add(bed);
    if (addsBed || meter !== "" || resident !== "" || (place === 0 && !standing)) continue;
    const column = bed === "" ? "unit" : "bed";
    if (place > 0 && rows[0]) blame(entry, column, "unit-twice", { row: rows[0].row });
    else blame(entry, column, "unit-on-record");
  }
}

function bedsOf(
  rows: readonly Entry[],
  context: {
    readonly unit: Ref;
    readonly unitKey: string;
    readonly standing: KnownUnit | null;
    readonly beds: PlannedBed[];
  },
): ReadonlyMap<string, Ref> {
  const { unit, unitKey, standing, beds } = context;
  const refs = new Map<string, Ref>(standing?.beds.map(({ id, label }) => [label, { id }]));
  for (const { cells } of rows) {
    if (cells.bed === "" || refs.has(cells.bed)) continue;
    const ref = `bed ${unitKey}\n${cells.bed}`;
    beds.push({ ref, unit, label: cells.bed, position: refs.size + 1 });
    refs.set(cells.bed, { ref });
  }
  return refs;
}
