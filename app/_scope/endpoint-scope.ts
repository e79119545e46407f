import { type EndpointScope, findEndpointScope } from "@/lib/access";

/** A provider's endpoint by the id in its address; its signature is checked by payments. */
export function endpointScope(endpointId: string, provider: string): Promise<EndpointScope | null> {
  return findEndpointScope(endpointId, provider);
}
