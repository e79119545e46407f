/** A token that wants to be made under a key, and what its key may still issue. */
export type CreditClaim = {
  readonly organizationId: string;
  readonly vendingKeyId: string;
  readonly amountUnits: number;
  /** In token units; null for a key without a limit. */
  readonly remainingUnits: bigint | null;
};

/**
 * What keys may still issue while one batch is decided: what a set takes is gone for the next one.
 * Only a forecast. The statement that writes the journal counts down as well, and is undone whole
 * where another signer was quicker.
 */
export class CreditLeft {
  readonly #left = new Map<string, bigint>();

  /** Whether anything was taken from a key with a limit: then the writing has to count it. */
  get isCounted(): boolean {
    return this.#left.size > 0;
  }

  /** Takes what all tokens of a set say together; false, and nothing is taken, where it is more. */
  take(claims: readonly CreditClaim[]): boolean {
    const after = new Map<string, bigint>();
    for (const { organizationId, vendingKeyId, amountUnits, remainingUnits } of claims) {
      if (remainingUnits === null) continue;
      const label = `${organizationId}|${vendingKeyId}`;
      const left = after.get(label) ?? this.#left.get(label) ?? remainingUnits;
      if (left < BigInt(amountUnits)) return false;
      after.set(label, left - BigInt(amountUnits));
    }
    for (const [label, left] of after) this.#left.set(label, left);
    return true;
  }
}
