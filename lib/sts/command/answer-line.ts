import { meterScenario } from "./meter-scenario";
import { type Operation, PIECES } from "./operations";
import { badRequest, Refusal } from "./refusal";
import { isFields } from "./request-fields";
import type { RequestKeys } from "./request-keys";
import { TOKENS } from "./token-operations";

const OPERATIONS = new Map<string, Operation>(
  Object.entries({ ...PIECES, ...TOKENS, meterScenario }),
);

/** The operations, in the order of the help. */
export const OPERATION_NAMES: readonly string[] = [...OPERATIONS.keys()];

/** One line's answer, as a line. A line that is no request is answered, not fatal. */
export function answerLine(line: string, keys: RequestKeys): string {
  let id: unknown = null;
  try {
    const request: unknown = parsed(line);
    if (!isFields(request)) throw badRequest("the line is not a JSON object");
    id = request.id ?? null;
    const { op } = request;
    const operation = typeof op === "string" ? OPERATIONS.get(op) : undefined;
    if (!operation) throw badRequest("op is not known");
    return JSON.stringify({ id, result: operation(request, keys) });
  } catch (error) {
    return refused(id, error);
  }
}

/** Nothing a line holds may end the run, not even an id too deep to be written back. */
function refused(id: unknown, error: unknown): string {
  const { code, message } = error instanceof Refusal ? error : UNFORESEEN;
  try {
    return JSON.stringify({ id, error: { code, message } });
  } catch {
    return JSON.stringify({ id: null, error: { code, message } });
  }
}

const UNFORESEEN = badRequest("the request cannot be answered");

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw badRequest("the line is not JSON");
  }
}
