/**
 * A keypad that rests, longer each time, after wrong entries. The standard leaves the numbers to
 * the manufacturer; class 1 tokens are answered also while it rests.
 */
export type Lockout = {
  /** Wrong entries in a row that are forgiven before the first rest. */
  readonly freeTries: number;
  /** The first rest; each further wrong entry doubles it, up to the longest. */
  readonly firstRestSeconds: number;
  readonly longestRestSeconds: number;
  readonly wrongInARow: number;
  readonly lastWrongAtSeconds: number;
};

/** Five wrong entries are forgiven, then one minute, two, four, up to an hour. */
export const USUAL_LOCKOUT: Lockout = {
  freeTries: 5,
  firstRestSeconds: 60,
  longestRestSeconds: 3_600,
  wrongInARow: 0,
  lastWrongAtSeconds: 0,
};

/** When the keypad listens again, in the seconds of its meter; long past where it never rested. */
export function lockedUntil(lockout: Lockout): number {
  const beyond = lockout.wrongInARow - lockout.freeTries;
  if (beyond < 0 || lockout.wrongInARow === 0) return Number.NEGATIVE_INFINITY;
  const rest = lockout.firstRestSeconds * 2 ** Math.min(beyond, 30);
  return lockout.lastWrongAtSeconds + Math.min(rest, lockout.longestRestSeconds);
}

/** After an entry: a good one forgives all before it. */
export function withFailure(
  lockout: Lockout,
  { isGood, atSeconds }: { readonly isGood: boolean; readonly atSeconds: number },
): Lockout {
  if (isGood) return { ...lockout, wrongInARow: 0 };
  return { ...lockout, wrongInARow: lockout.wrongInARow + 1, lastWrongAtSeconds: atSeconds };
}
