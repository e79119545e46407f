/** A number belongs to whoever claimed it first, also in another organization. */
export type CreateMeterError = "meter-number-taken";

export type InstallMeterError = "meter-not-found" | "unit-not-found" | "meter-already-installed";

export type StartLeaseError = "unit-not-found" | "unit-already-leased";

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
