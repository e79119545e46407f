import { findEndpointScope, findGatewayScope } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";
import { gatewaySecretHash } from "@/lib/metering";

/**
 * A provider's endpoint by the id in its address, of any provider where none is named; its calls
 * are proved by payments.
 */
export function endpointScope(
  endpointId: string,
  provider?: string,
): Promise<EndpointScope | null> {
  return findEndpointScope(endpointId, provider);
}

const BEARER = /^Bearer ([A-Za-z0-9_-]{22})$/i;

/** A gateway by the secret that its call carries; null for none, and for one that was shut out. */
export async function endpointScopeOfGateway(
  authorization: string | null,
): Promise<EndpointScope | null> {
  const [, secret] = BEARER.exec(authorization ?? "") ?? [];
  return secret === undefined ? null : findGatewayScope(gatewaySecretHash(secret));
}
