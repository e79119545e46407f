import type { UnitKind } from "@/lib/property/shared";

/** What an organization has already, as far as a sheet names it. */
export type KnownProperty = {
  readonly buildings: readonly KnownBuilding[];
  readonly units: readonly KnownUnit[];
  readonly leases: readonly KnownLease[];
  readonly tariffs: readonly {
    readonly id: string;
    readonly name: string;
    readonly currency: string;
  }[];
  readonly keys: readonly KnownKey[];
  /** Numbers of this organization's meters, of those the sheet names. */
  readonly ownMeters: ReadonlySet<string>;
  /** Numbers that another organization has proved. Whose they are is not told. */
  readonly provedElsewhere: ReadonlySet<string>;
};

export type KnownBuilding = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly tariffName: string;
};

export type KnownUnit = {
  readonly id: string;
  readonly buildingId: string;
  readonly label: string;
  readonly kind: UnitKind;
  readonly floor: number;
  readonly position: number;
  readonly beds: readonly { readonly id: string; readonly label: string }[];
  /** Whether a prepayment meter hangs there now. */
  readonly isPrepaid: boolean;
};

/** Civil days; `endsOn` is the first day no longer held. */
export type KnownLease = {
  readonly unitId: string;
  readonly bedId: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
};

export type KnownKey = {
  readonly id: string;
  readonly supplyGroupCode: string;
  readonly keyRevisionNumber: number;
};

/** Civil time into instants: it needs the zones' history, which a core has not. */
export type Calendar = {
  readonly startOfDay: (day: string, timeZone: string) => Date;
  readonly instantOf: (civilTime: string, timeZone: string) => Date | null;
};
