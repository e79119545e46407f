/** What a reading counts: `register` energy used, rising for ever; `remaining` the credit left. */
export const QUANTITIES = ["register", "remaining"] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Null for a word that is neither. */
export function parseQuantity(text: string): Quantity | null {
  return QUANTITIES.find((quantity) => quantity === text) ?? null;
}

/** What a meter showed at an instant. */
export type RegisterValue = { readonly at: Date; readonly value: bigint };

/** Energy that came onto a meter: a token that was issued for it. */
export type Bought = { readonly at: Date; readonly energyWh: bigint };

/** What was bought after one instant, up to another and with it. */
export function boughtWithin(bought: readonly Bought[], after: Date, until: Date): bigint {
  return bought
    .filter(({ at }) => at > after && at <= until)
    .reduce((sum, { energyWh }) => sum + energyWh, 0n);
}
