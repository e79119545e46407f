/** Two facts that must agree did not: a bug. Only the outermost edge of a process catches it. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** Throws `InvariantError` unless the condition holds. The message states what must be true. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Ends an exhaustive `switch`: the type proves that nothing arrives here, and this catches it. */
export function unreachable(value: never): never {
  throw new InvariantError(`a case nobody handles: ${String(value)}`);
}
