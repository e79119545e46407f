import type { DayOrder } from "./cell-values";
import { checkBuildings } from "./check-buildings";
import { checkLeases } from "./check-leases";
import { checkMeters } from "./check-meters";
import { checkUnits } from "./check-units";
import type { Mapping } from "./columns";
import type { Calendar, KnownProperty } from "./known-property";
import type { Plan } from "./plan";
import { readRow } from "./read-row";
import type { Fault, SheetRow } from "./sheet";

export type CheckedSheet = {
  /** By row number; rows without a fault are left out. */
  readonly faults: ReadonlyMap<number, readonly Fault[]>;
  /** What the rows without a fault make. It is carried out only where no row has one. */
  readonly plan: Plan;
};

/**
 * Judges every row by itself, beside the other rows, and beside what is on record; and says what
 * the sheet makes. The same sheet beside the same records gives the same answer.
 */
export function checkSheet(
  sheet: {
    readonly rows: readonly SheetRow[];
    readonly mapping: Mapping;
    readonly dayOrder: DayOrder | null;
  },
  context: { readonly known: KnownProperty; readonly calendar: Calendar; readonly now: Date },
): CheckedSheet {
  const { known, calendar, now } = context;
  const entries = sheet.rows.map((row) => readRow(row, sheet.mapping, sheet.dayOrder));
  const buildings = checkBuildings(entries, known);
  const places = checkUnits(entries, { buildings, known });
  const meters = checkMeters(entries, { places, known, calendar, now });
  const { leases, occupancies } = checkLeases(entries, { places, known, calendar });
  const faults = new Map(
    entries.filter((entry) => entry.faults.length > 0).map((entry) => [entry.row, entry.faults]),
  );
  return {
    faults,
    plan: {
      buildings: [...buildings.values()].flatMap(({ planned }) => planned ?? []),
      units: places.units,
      beds: places.beds,
      meters,
      leases,
      occupancies,
    },
  };
}
