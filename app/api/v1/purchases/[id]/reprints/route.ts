import { answerCall } from "@/app/_outside/api-call";
import { endpointScopeOfApiKey } from "@/app/_scope/api-key-scope";

type Context = { readonly params: Promise<{ readonly id: string }> };

/** The same tokens once more, marked and noted. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const operation = "reprintPurchase";
  const caller = await endpointScopeOfApiKey(request, operation);
  return answerCall({ operation, request, caller, target: (await params).id });
}
