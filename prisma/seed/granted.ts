import { assert, type Result } from "@/lib/kernel";

/** The good answer of a use case that a builder knows cannot be refused. */
export function granted<T>(result: Result<T, unknown>): T {
  assert(result.ok, "a builder's use case was refused");
  return result.value;
}
