import type { OpenPurchaseError } from "@/lib/vending";

export type CreateDeskError = "name-invalid" | "building-not-found" | "building-other-currency";
export type EndDeskError = "desk-not-found" | "desk-taken";

/** `person-has-one`: whoever opens is at another desk already. */
export type OpenShiftError = "desk-not-found" | "desk-taken" | "person-has-one";

/** Why nothing can be taken or given at a desk just now. */
type ShiftFault = "no-shift" | "being-counted";
type PlaceFault = "other-currency" | "not-this-building";

export type OpenSaleError = OpenPurchaseError | { readonly code: ShiftFault | PlaceFault };

export type TakeCashError =
  | ShiftFault
  | PlaceFault
  | "purchase-not-found"
  | "price-expired"
  | "too-little";

export type MoveCashError = ShiftFault | "more-than-there" | "no-note" | "request-key-reused";

export type RefundCashError =
  | ShiftFault
  | "purchase-not-found"
  | "not-due"
  | "other-currency"
  | "more-than-there"
  | "no-note"
  | "nobody-to-approve";

export type CountError = "shift-not-found" | "shift-closed";

/** `counted-again`: somebody counted after the page was read that wants to close. */
export type CloseShiftError = "shift-not-found" | "not-counted" | "counted-again" | "no-reason";
