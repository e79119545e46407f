export type CreateMeterError =
  /** This organization has it already. */
  | "meter-number-taken"
  /** Another organization has proved it; the wish stands in the operator's queue. */
  | "meter-number-proved-elsewhere"
  | "vending-key-not-found";

export type DecideNumberError =
  /** The organization neither claims the number nor wished for it. */
  "nothing-claimed" | "already-verified";

export type InstallMeterError =
  | "meter-not-found"
  | "unit-not-found"
  | "meter-archived"
  | "meter-already-installed";

/** In use: it serves a unit, and is taken out first. */
export type ArchiveMeterError = "meter-not-found" | "meter-in-use";

export type DrawBuildingError =
  | "not-allowed"
  | "tariff-not-found"
  | "zone-unknown"
  | "locale-unknown";

export type AddUnitsError =
  | { readonly code: "building-not-found" }
  | { readonly code: "label-taken"; readonly label: string };

export type StartLeaseError =
  | "unit-not-found"
  | "bed-not-found"
  /** On these days somebody has the unit as a whole, or some of its beds are let. */
  | "unit-already-leased"
  | "bed-already-leased";

export type AddBedsError =
  | "unit-not-found"
  /** A flat or a shop is let whole. */
  | "not-a-room"
  | "bed-label-taken"
  | "too-many-beds";

export type EndLeaseError =
  | "lease-not-found"
  | "lease-already-ended"
  /** A lease is held for one day at least. */
  | "ends-before-start"
  /** Somebody else has the unit before that day. */
  | "unit-already-leased";

export type SetResidentContactError = "lease-not-found" | "lease-already-ended";

export type InviteResidentError = "lease-not-found" | "lease-already-ended";

export type SetMeterStatusError = "meter-not-found";
