/** Why a request for a second person, or a decision on one, is refused. Nothing was changed. */
export type ApprovalError =
  /** Not this organization's, not within the buildings, or of a kind that is not one's affair. */
  | { readonly code: "not-found" }
  /** Declined, withdrawn, used, or approved before: what stands, stands. */
  | { readonly code: "already-decided" }
  | { readonly code: "expired" }
  /** Who asked cannot be the second person. */
  | { readonly code: "own-request" }
  /** It was edited after the page was loaded: look again. */
  | { readonly code: "edited" };

/** Why an approval cannot be used for what is about to be done. */
export type UseApprovalError =
  | { readonly code: "not-approved" }
  | { readonly code: "expired" }
  /** What is to be done is not what was approved. */
  | { readonly code: "other-request" };
