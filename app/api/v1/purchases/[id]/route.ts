import { answerCall } from "@/app/_outside/api-call";
import { endpointScopeOfApiKey } from "@/app/_scope/api-key-scope";

type Context = { readonly params: Promise<{ readonly id: string }> };

/** A purchase as it stands. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const operation = "readPurchase";
  const caller = await endpointScopeOfApiKey(request, operation);
  return answerCall({ operation, request, caller, target: (await params).id });
}
