import { callbackRoute, paymentProvider, tokenIssuer } from "@/app/_outside/outside";
import { endpointScope } from "@/app/_scope/endpoint-scope";
import { endpointSecret, settleWebhook } from "@/lib/payments";
import { log, systemClock } from "@/lib/platform";
import { PRACTICE_PROVIDER } from "@/lib/practice";
import { vendPurchase } from "@/lib/vending";

type Context = { readonly params: Promise<{ readonly endpoint: string }> };

const LONGEST_BODY = 16_384;

/**
 * Where the practice provider calls. Its signature is checked over the raw body, the provider
 * itself
 * is asked, the money is booked; then the token is made at once. Should that fail the answer is
 * still good, for the money is safe and the sweep makes the token.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { endpoint } = await params;
  const scope = await endpointScope(endpoint, PRACTICE_PROVIDER);
  const provider = await paymentProvider();
  if (!scope || !provider) return answer(404, "not-found");
  const rawBody = await request.text();
  if (rawBody.length > LONGEST_BODY) return answer(413, "too-large");
  const now = systemClock.now();
  const settled = await settleWebhook(scope, {
    rawBody,
    headers: request.headers,
    secret: endpointSecret(callbackRoute().masterSecret, endpoint),
    provider,
    now,
  });
  if (!settled.ok) {
    log().warn({ endpoint, code: settled.error }, "a webhook was refused");
    return answer(settled.error.startsWith("signature") ? 401 : 422, settled.error);
  }
  const { purchaseId, status } = settled.value;
  if (status !== "paid") return answer(200, status);
  const vend = { purchaseId, issuer: tokenIssuer(), now };
  const reached = await vendPurchase(scope, vend).catch((error: unknown) => {
    log().warn(
      { purchaseId, error: error instanceof Error ? error.name : "" },
      "the sweep will vend",
    );
    return status;
  });
  return answer(200, reached);
}

function answer(status: number, code: string): Response {
  return Response.json({ code }, { status, headers: { "Cache-Control": "no-store" } });
}
