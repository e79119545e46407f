/** A number belongs to whoever claimed it first, also in another organization. */
export type CreateMeterError = "meter-number-taken";

export type InstallMeterError = "meter-not-found" | "unit-not-found" | "meter-already-installed";

export type StartLeaseError = "unit-not-found" | "unit-already-leased";

export type SetMeterStatusError = "meter-not-found";
