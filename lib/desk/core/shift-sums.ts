const MOVEMENT_KINDS = ["float", "sale", "refund", "paid-in", "paid-out"] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

export type ShiftSums = {
  readonly [Kind in MovementKind]: { readonly count: number; readonly amountMinor: bigint };
} & {
  /** What the drawer should hold. */
  readonly expectedMinor: bigint;
};

/** What a shift's movements add up to, by kind; what went out is below zero. */
export function sumShift(
  movements: readonly { readonly kind: MovementKind; readonly amountMinor: bigint }[],
): ShiftSums {
  const of = (kind: MovementKind) => {
    const own = movements.filter((movement) => movement.kind === kind);
    return {
      count: own.length,
      amountMinor: own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    };
  };
  return {
    float: of("float"),
    sale: of("sale"),
    refund: of("refund"),
    "paid-in": of("paid-in"),
    "paid-out": of("paid-out"),
    expectedMinor: movements.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
  };
}

/** Null for a word that is no kind of movement. */
export function parseMovementKind(text: string): MovementKind | null {
  return MOVEMENT_KINDS.find((kind) => kind === text) ?? null;
}
