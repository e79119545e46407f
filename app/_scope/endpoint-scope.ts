import { findEndpointScope } from "@/lib/access";
import type { EndpointScope } from "@/lib/access/shared";

/** A provider's endpoint by the id in its address; its signature is checked by payments. */
export function endpointScope(endpointId: string, provider: string): Promise<EndpointScope | null> {
  return findEndpointScope(endpointId, provider);
}
