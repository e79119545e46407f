/**
 * Why the signer will never make a token of a reservation. Each is put on record in the journal, so
 * that a set once refused stays refused, and the money can go back: no token turns up later.
 */
export const ISSUE_REFUSALS = [
  "practice-key-in-production",
  "key-not-active-yet",
  "key-no-longer-issues",
  "key-expired",
  "key-type-carries-no-credit",
  "key-derivation-not-served",
  "encryption-algorithm-not-served",
  "subclass-not-served",
  "subclass-not-allowed",
  "credit-limit-spent",
  "meter-number-wrong",
  "token-id-reserved",
  "token-id-used",
] as const;
export type IssueRefusal = (typeof ISSUE_REFUSALS)[number];

/**
 * Why nothing is sold at all until `npm run recover` has been run: the file of heads knows entries
 * that the database does not have, or it is gone itself.
 */
export const SALES_CLOSED_REASONS = ["database-restored", "heads-missing"] as const;
export type SalesClosedReason = (typeof SALES_CLOSED_REASONS)[number];

/** Why a practice operation is not done. A caller that asks first never meets one. */
export const PRACTICE_REFUSALS = [
  "not-a-practice-installation",
  "not-a-practice-key",
  "key-not-served",
  "key-attributes-taken",
  "meter-not-found",
] as const;
export type PracticeRefusal = (typeof PRACTICE_REFUSALS)[number];

/**
 * The signer is not there, was cut off, is silent, or failed. An outage: whether a token was made
 * is not known, and asking again is safe, for the journal gives the same answer.
 */
export class SignerAwayError extends Error {
  override readonly name = "SignerAwayError";
}

/** A practice operation where it does not exist, or on what is not practice. */
export class SignerRefusedError extends Error {
  override readonly name = "SignerRefusedError";
  readonly code: PracticeRefusal;

  constructor(code: PracticeRefusal) {
    super(`the signer refuses: ${code}`);
    this.code = code;
  }
}
