/** Why somebody is not invited. Nothing was changed. */
export type InviteError =
  | { readonly code: "already-member" }
  /** An invitation to this address is open; a new one replaces it when that is asked for. */
  | { readonly code: "already-invited" }
  /** One of the buildings is not this organization's. */
  | { readonly code: "building-not-found" }
  /** An administrator needs a second person, who has to read why. */
  | { readonly code: "reason-needed" };

/** Why an invitation is not sent again or revoked. */
export type InvitationError =
  /** Not this organization's, or accepted or revoked meanwhile. */
  | { readonly code: "not-found" }
  /** A second person has to approve it first. */
  | { readonly code: "awaits-approval" };

/** Why an invitation is not accepted. */
export type AcceptError =
  /** Used, too old, revoked, replaced, or never was: the same for all. */
  | { readonly code: "closed" }
  /** It was sent to another address than the person's. */
  | { readonly code: "wrong-person" }
  | { readonly code: "already-member" }
  /** The address has an account: whoever holds the link proves that it is theirs by signing in. */
  | { readonly code: "sign-in-first" };

/** Why a member is not changed or removed, or does not leave. */
export type MemberError =
  | { readonly code: "not-found" }
  /** Nobody could manage the organization any more. */
  | { readonly code: "last-administrator" }
  | { readonly code: "building-not-found" }
  | { readonly code: "nothing-changed" }
  /** It needs a second person, who has to read why. */
  | { readonly code: "reason-needed" }
  /** The same person's change waits for a second person already. */
  | { readonly code: "already-asked" }
  /** Handing over is the last administrator's; others change roles like everybody. */
  | { readonly code: "not-the-last" };
