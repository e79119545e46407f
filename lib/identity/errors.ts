/** Why no code is sent. The same for a known and an unknown e-mail or phone. */
export type SendCodeError = { readonly code: "too-many-codes" };

/** Why a code or a link does not sign in. */
export type ChallengeError =
  | { readonly code: "wrong-code"; readonly triesLeft: number }
  /** Used, expired, replaced by a newer one, tried too often, or never made. */
  | { readonly code: "challenge-closed" };

/** Why a password stays as it is. */
export type ChangePasswordError =
  | { readonly code: "wrong-password" }
  | { readonly code: "password-too-short"; readonly least: number }
  | { readonly code: "password-too-long"; readonly most: number };

/** Why a name stays as it is. */
export type ChangeNameError =
  | { readonly code: "name-missing" }
  | { readonly code: "name-too-long"; readonly most: number };
