import { type OperationName, openKey, operationOf } from "@/lib/api";
import { systemClock } from "@/lib/platform";

/**
 * Who holds the key that a call of the API carries, where the key is made for this operation; or
 * the problem to answer with.
 */
export function endpointScopeOfApiKey(request: Request, operation: OperationName) {
  const { scope: keyScope } = operationOf(operation);
  const ask = { keyScope, now: systemClock.now() };
  return openKey(request.headers.get("authorization"), ask);
}
