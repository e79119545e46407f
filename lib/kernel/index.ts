export { assert, InvariantError, unreachable } from "./assert";
export type { Brand } from "./brand";
export { err, ok, type Result } from "./result";
