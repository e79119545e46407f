import type { CurrencyCode } from "@/lib/money";

// What the demo will be, before any of it is: drawn from fixed seeds and the day it is, so that it
// is the same every time relative to today.

export type DrawnReading = {
  readonly quantity: "register" | "remaining";
  readonly at: Date;
  readonly value: bigint;
};

export type ReadingSource = "gateway" | "import" | "resident";

export type DrawnMeter = {
  readonly meterNumber: string;
  readonly resource: "electricity" | "water" | "gas";
  readonly isPrepaid: boolean;
  readonly installedAt: Date;
  readonly removedAt: Date | null;
  readonly source: ReadingSource;
  readonly readings: readonly DrawnReading[];
  /** From a caretaker's notebook: true at the time, entered weeks later. */
  readonly late: readonly DrawnReading[];
};

export type DrawnLease = {
  readonly bed: string | null;
  readonly name: string;
  readonly from: string;
  /** The first day no longer held. */
  readonly to: string | null;
};

/** A unit from its first lease until it stands empty. */
export type DrawnOccupancy = { readonly startsAt: Date; readonly endsAt: Date | null };

export type DrawnSale = {
  /** Which of the unit's meters and occupancies, by place in their lists. */
  readonly meter: number;
  readonly occupancy: number;
  /** The lease it is bought under; null for a room of several. */
  readonly lease: number | null;
  readonly at: Date;
  readonly amountText: string;
};

export type DrawnUnit = {
  readonly label: string;
  readonly floor: number;
  readonly position: number;
  readonly kind: "flat" | "room" | "shop" | "common" | "intake";
  readonly beds: readonly string[];
  readonly leases: readonly DrawnLease[];
  readonly occupancies: readonly DrawnOccupancy[];
  readonly meters: readonly DrawnMeter[];
  readonly sales: readonly DrawnSale[];
};

export type TariffPrice = { readonly price: string; readonly startsAt: Date };

export type DrawnBuilding = {
  readonly name: string;
  readonly address: string;
  readonly currency: CurrencyCode;
  readonly timeZone: string;
  readonly locale: string;
  readonly tariff: {
    readonly name: string;
    readonly tax: { readonly code: string; readonly percent: string };
    readonly pricesIncludeTax: boolean;
    /** In the order of time; the first is in force before everything. */
    readonly versions: readonly [TariffPrice, ...TariffPrice[]];
  };
  readonly units: readonly DrawnUnit[];
};
