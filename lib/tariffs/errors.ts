import type { DefinitionFault } from "./shell/definition-form";

export type ScheduleError =
  | DefinitionFault
  /** No such tariff in this organization. */
  | { readonly code: "not-found" }
  /** A tariff that somebody bought at changes in the future alone. */
  | { readonly code: "starts-in-past" }
  /** Another version starts at the same instant. */
  | { readonly code: "start-taken" }
  /** No such reference, or one in another currency. */
  | { readonly code: "reference-unknown" }
  /** It needs a second person, and so a reason to read. */
  | { readonly code: "reason-missing" };

export type WithdrawError = { readonly code: "not-found" | "started" };
