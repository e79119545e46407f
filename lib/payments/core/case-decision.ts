/** What can become of money that waits for a person. */
export const CASE_DECISIONS = ["wallet", "refund", "write-down", "refunded-by-hand"] as const;
export type CaseDecision = (typeof CASE_DECISIONS)[number];

/** Null for a word that is none of them. */
export function parseCaseDecision(word: string): CaseDecision | null {
  return CASE_DECISIONS.find((decision) => decision === word) ?? null;
}
