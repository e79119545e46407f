import { answerCall } from "@/app/_outside/api-call";
import { endpointScopeOfApiKey } from "@/app/_scope/api-key-scope";

type Context = { readonly params: Promise<{ readonly number: string }> };

/** Whose meter a number is, masked, and what can be paid for it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const operation = "confirmMeter";
  const caller = await endpointScopeOfApiKey(request, operation);
  return answerCall({ operation, request, caller, target: (await params).number });
}
