import { answer, takeCall } from "@/app/_outside/take-call";
import { endpointScope } from "@/app/_scope/endpoint-scope";
import { PRACTICE_PROVIDER } from "@/lib/practice";

type Context = { readonly params: Promise<{ readonly endpoint: string }> };

/** Where the practice provider calls; it signs with its endpoint's own secret. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { endpoint } = await params;
  const scope = await endpointScope(endpoint, PRACTICE_PROVIDER);
  return scope ? takeCall(request, { scope, path: [endpoint] }) : answer(404, "not-found");
}
