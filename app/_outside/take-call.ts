import type { EndpointScope } from "@/lib/access/shared";
import { settleCall } from "@/lib/payments";
import { log, systemClock } from "@/lib/platform";
import { vendPurchase } from "@/lib/vending";
import { providerOf, tokenIssuer } from "./outside";
import { takePaybill } from "./take-paybill";

const LONGEST_BODY = 65_536;

/**
 * Takes a provider's call at its endpoint: proved by the provider's own rule over the raw body, the
 * provider itself asked, the money booked; then the token is made at once. Should that fail the
 * answer is still good, for the money is safe and the sweep makes the token.
 */
export async function takeCall(
  request: Request,
  { scope, path }: { readonly scope: EndpointScope; readonly path: readonly string[] },
): Promise<Response> {
  const { organizationId, endpointId } = scope;
  const provider = await providerOf({ organizationId, endpointId });
  if (!provider) return answer(404, "not-found");
  const rawBody = await request.text();
  if (rawBody.length > LONGEST_BODY) return answer(413, "too-large");
  const now = systemClock.now();
  const call = { rawBody, headers: request.headers, path };
  const settled = await settleCall(scope, { call, provider, now });
  if (!settled.ok) {
    log().warn({ endpointId, code: settled.error }, "a provider's call was refused");
    return answer(settled.error.startsWith("signature") ? 401 : 422, settled.error);
  }
  if (settled.value.status === "paybill" && "event" in settled.value) {
    return takePaybill({ scope, event: settled.value.event, provider, now });
  }
  const { purchaseId, status } = settled.value;
  if (purchaseId === null || status !== "paid") return answer(200, status);
  const vend = { purchaseId, issuer: tokenIssuer(), now };
  const reached = await vendPurchase(scope, vend).catch((error: unknown) => {
    const name = error instanceof Error ? error.name : "";
    log().warn({ purchaseId, error: name }, "the sweep will vend");
    return status;
  });
  return answer(200, reached);
}

/** What a provider is told: a code, and nothing of anybody's. */
export function answer(status: number, code: string): Response {
  return Response.json({ code }, { status, headers: { "Cache-Control": "no-store" } });
}
