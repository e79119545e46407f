import { lastDayCell, readingCell } from "./cell-values";
import type { RowCells } from "./sheet-row";

/** A unit with all that hangs on it, as an export has it. */
export type ExportedUnit = {
  readonly building: {
    readonly name: string;
    readonly address: string;
    readonly currency: string;
    readonly timeZone: string;
    readonly locale: string;
    readonly tariff: string;
  };
  readonly label: string;
  readonly kind: string;
  readonly floor: number;
  readonly position: number;
  readonly beds: readonly string[];
  readonly leases: readonly ExportedLease[];
  readonly meters: readonly ExportedMeter[];
};

export type ExportedLease = {
  readonly bed: string | null;
  readonly resident: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
};

export type ExportedMeter = {
  readonly number: string;
  readonly resource: string;
  /** Null for a meter that is only read. */
  readonly key: { readonly supplyGroupCode: string; readonly revision: number } | null;
  readonly tariffIndex: number | null;
  readonly reading: {
    readonly quantity: string;
    readonly value: bigint;
    /** Civil time of the building. */
    readonly readAt: string;
  } | null;
};

/**
 * The rows of a unit: the first says the unit, its first lease and its first meter, and each
 * further one of them has a row. A bed that nobody holds has a row too.
 */
export function rowsOfUnit(unit: ExportedUnit): readonly RowCells[] {
  const held = new Set(unit.leases.map(({ bed }) => bed));
  const free = unit.beds.filter((bed) => !held.has(bed));
  const places: readonly RowCells[] = [
    ...unit.leases.map(leaseCells),
    ...free.map((bed) => ({ bed })),
  ];
  const rows = Math.max(1, places.length, unit.meters.length);
  return Array.from({ length: rows }, (_, place) => ({
    ...unitCells(unit),
    ...places[place],
    ...meterCells(unit.meters[place]),
  }));
}

function unitCells({ building, label, kind, floor, position }: ExportedUnit): RowCells {
  const { name, ...others } = building;
  const place = { unit: label, kind, floor: String(floor), position: String(position) };
  return { building: name, ...others, ...place };
}

function leaseCells(lease: ExportedLease): RowCells {
  return {
    bed: lease.bed ?? "",
    resident: lease.resident,
    phone: lease.phone ?? "",
    email: lease.email ?? "",
    leaseFrom: lease.startsOn,
    leaseTo: lastDayCell(lease.endsOn),
  };
}

function meterCells(meter: ExportedMeter | undefined): RowCells {
  if (!meter) return {};
  const { number, resource, key, tariffIndex, reading } = meter;
  return {
    meter: number,
    resource,
    meterKind: key ? "prepaid" : "read",
    ...(key ? { supplyGroup: `${key.supplyGroupCode}/${key.revision}` } : {}),
    ...(tariffIndex === null ? {} : { tariffIndex: String(tariffIndex) }),
    ...(reading
      ? {
          reading: readingCell(reading.value),
          quantity: reading.quantity,
          readAt: reading.readAt.replace("T", " "),
        }
      : {}),
  };
}
