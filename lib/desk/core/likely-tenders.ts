const MOST = 4;

/**
 * What a buyer is likely to hand over for an amount: the amount itself, and the next whole number
 * of each larger piece, the smallest first.
 */
export function likelyTenders(amountMinor: bigint, pieces: readonly bigint[]): readonly bigint[] {
  const rounded = pieces.map((piece) => ((amountMinor + piece - 1n) / piece) * piece);
  const sums = new Set([amountMinor, ...rounded]);
  return [...sums].toSorted((one, other) => (one < other ? -1 : 1)).slice(0, MOST);
}
