/**
 * The answer of something a person can make fail. The error is a closed union of facts, never a
 * sentence; what only a bug can cause is an `assert` instead.
 */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

/** The good answer. */
export function ok<const Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** The refusal, with the facts the caller needs to explain it. */
export function err<const Failure>(error: Failure): {
  readonly ok: false;
  readonly error: Failure;
} {
  return { ok: false, error };
}
