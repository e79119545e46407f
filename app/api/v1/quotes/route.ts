import { answerCall } from "@/app/_outside/api-call";
import { endpointScopeOfApiKey } from "@/app/_scope/api-key-scope";

/** What an amount buys; nothing is bought. */
export async function POST(request: Request): Promise<Response> {
  const operation = "createQuote";
  const caller = await endpointScopeOfApiKey(request, operation);
  return answerCall({ operation, request, caller });
}
