import type { Resource, UnitKind } from "@/lib/property/shared";

/**
 * What a sheet without faults makes. Things that do not exist yet are named by a key of the sheet's
 * (`ref`); the shell gives them their ids. Whatever is on record already goes by its id.
 */
export type Plan = {
  readonly buildings: readonly PlannedBuilding[];
  readonly units: readonly PlannedUnit[];
  readonly beds: readonly PlannedBed[];
  readonly meters: readonly PlannedMeter[];
  readonly leases: readonly PlannedLease[];
  readonly occupancies: readonly PlannedOccupancy[];
};

/** Of the sheet, or on record. */
export type Ref = { readonly ref: string } | { readonly id: string };

export type PlannedBuilding = {
  readonly ref: string;
  readonly name: string;
  readonly address: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly tariffId: string;
};
export type PlannedUnit = {
  readonly ref: string;
  readonly building: Ref;
  readonly label: string;
  readonly floor: number;
  readonly position: number;
  readonly kind: UnitKind;
};
export type PlannedBed = {
  readonly ref: string;
  readonly unit: Ref;
  readonly label: string;
  readonly position: number;
};
export type PlannedMeter = {
  readonly unit: Ref;
  readonly number: string;
  readonly resource: Resource;
  readonly vendingKeyId: string | null;
  readonly tariffIndex: number | null;
  readonly reading: PlannedReading | null;
};
export type PlannedReading = {
  readonly quantity: "register" | "remaining";
  readonly value: bigint;
  /** Null for the moment of the import. */
  readonly at: Date | null;
};
export type PlannedLease = {
  readonly unit: Ref;
  readonly bed: Ref | null;
  readonly resident: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly timeZone: string;
};
/** A unit from its first lease until it stands empty. */
export type PlannedOccupancy = {
  readonly unit: Ref;
  readonly currency: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
};

/** How much of each kind a sheet makes, as the page says it before and after. */
export type ImportCounts = {
  readonly buildings: number;
  readonly units: number;
  readonly beds: number;
  readonly meters: number;
  readonly leases: number;
  readonly readings: number;
};

export function countsOf(plan: Plan): ImportCounts {
  return {
    buildings: plan.buildings.length,
    units: plan.units.length,
    beds: plan.beds.length,
    meters: plan.meters.length,
    leases: plan.leases.length,
    readings: plan.meters.filter(({ reading }) => reading !== null).length,
  };
}
