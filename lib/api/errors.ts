/** Why a key is not made. */
export type CreateKeyError =
  | "no-name"
  | "no-scope"
  | "not-a-rate"
  | "expires-in-the-past"
  | "building-not-found"
  /** The one it was to take over from. */
  | "key-not-found";
