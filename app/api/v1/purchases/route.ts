import { answerCall } from "@/app/_outside/api-call";
import { endpointScopeOfApiKey } from "@/app/_scope/api-key-scope";

/** The last response once more, by the integrator's own reference. */
export async function GET(request: Request): Promise<Response> {
  const operation = "findPurchaseByReference";
  const caller = await endpointScopeOfApiKey(request, operation);
  return answerCall({ operation, request, caller });
}

/** Buys: the integrator has taken the money, and the answer has the tokens. */
export async function POST(request: Request): Promise<Response> {
  const operation = "createPurchase";
  const caller = await endpointScopeOfApiKey(request, operation);
  return answerCall({ operation, request, caller });
}
