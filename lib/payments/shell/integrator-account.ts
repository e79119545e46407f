import type { PaymentProvider } from "../core/payment-provider";

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
  knowsPayments: true,
  refund: async () => "refunded",
};
