import { answer, takeCall } from "@/app/_outside/take-call";
import { endpointScope } from "@/app/_scope/endpoint-scope";
import { PRACTICE_PROVIDER } from "@/lib/practice";

type Context = {
  readonly params: Promise<{ readonly endpoint: string; readonly rest?: readonly string[] }>;
};

/**
 * Where every provider but the practice one calls. The address names an endpoint and no provider;
 * what stands behind it is the secret of providers that sign nothing.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { endpoint, rest = [] } = await params;
  const scope = await endpointScope(endpoint);
  if (!scope || scope.provider === PRACTICE_PROVIDER) return answer(404, "not-found");
  return takeCall(request, { scope, path: rest });
}
