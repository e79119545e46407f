import type { OrgScope } from "@/lib/access/shared";
import { API_PROVIDER, createEndpoint, findEndpointOf } from "@/lib/payments";

/** Opens the endpoint at which an organization's integrators pay, where there is none. */
export async function requireIntegratorAccount(scope: OrgScope, now: Date): Promise<void> {
  if (!(await findEndpointOf(scope, API_PROVIDER))) await createEndpoint(scope, API_PROVIDER, now);
}
