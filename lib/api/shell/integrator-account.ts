import { inScope } from "@/lib/access";
import type { OrgScope, SystemScope } from "@/lib/access/shared";
import { createEndpoint, findEndpointOf, type PaymentProvider } from "@/lib/payments";

/** The provider of money that an integrator took: its name in endpoints and payments. */
export const API_PROVIDER = "api";

/**
 * The integrator's own account with the organization, as a provider. It is asked nothing: what it
 * took it told us itself. Paying back is a booking alone, for the money never left the integrator,
 * who gives it to the payer and owes it no more.
 */
export const integratorAccount: PaymentProvider = {
  name: API_PROVIDER,
  startCheckout: async () => ({ checkoutPath: "/" }),
  findCheckout: async () => ({ status: "unknown" }),
  refund: async () => "refunded",
};

/** Opens the endpoint at which an organization's integrators pay, where there is none. */
export async function requireIntegratorAccount(scope: OrgScope, now: Date): Promise<void> {
  if (!(await findEndpointOf(scope, API_PROVIDER))) await createEndpoint(scope, API_PROVIDER, now);
}

/** Whether a purchase was bought through the API: its money is the integrator's to give back. */
export async function isBoughtByApi(scope: SystemScope, purchaseId: string): Promise<boolean> {
  const { organizationId } = scope;
  const sale = await inScope(scope, (tx) =>
    tx.db.apiSale.findUnique({
      where: { organizationId_purchaseId: { organizationId, purchaseId } },
      select: { boughtBy: true },
    }),
  );
  return sale !== null && sale.boughtBy !== null;
}
