import { inScope, systemScope } from "@/lib/access";
import { assert } from "@/lib/kernel";
import type { SecretKey } from "@/lib/sts";
import {
  type AccountProvider,
  type AccountTexts,
  parseAccountProvider,
} from "../core/account-form";
import type { PaymentProvider, Providers } from "../core/payment-provider";
import { openCredentials, pathSecret } from "./credential-box";
import { DARAJA_API, darajaProvider } from "./daraja";
import { integratorAccount } from "./integrator-account";
import { PAYSTACK_API, paystackProvider } from "./paystack";
import { stripeProvider } from "./stripe";

const DARAJA_SANDBOX = "https://sandbox.safaricom.co.ke";

/** What the providers of an installation are made from. */
export type ProviderGear = {
  readonly siteUrl: string;
  readonly credentialKey: SecretKey;
  /** The provider of practice money; null in production, where there is none. */
  readonly practice: PaymentProvider | null;
  /** Where providers are asked instead of at their own addresses: a test's. */
  readonly apis?: Readonly<Partial<Record<AccountProvider, string>>>;
};

/**
 * The provider behind an endpoint, by its row: an account that was switched off is still asked
 * about what was begun, one that waits for a second person is not asked at all.
 */
export function providersOf(gear: ProviderGear): Providers {
  return async ({ organizationId, endpointId }) => {
    const scope = systemScope(organizationId, "a payment endpoint is looked up");
    const { endpoint, account } = await inScope(scope, async (tx) => ({
      endpoint: await tx.db.paymentEndpoint.findFirst({
        where: { id: endpointId, belongsTo: organizationId },
        select: { provider: true },
      }),
      account: await tx.db.paymentAccount.findUnique({
        where: { organizationId_endpointId: { organizationId, endpointId } },
        select: { settings: true, version: true, nonce: true, sealed: true, state: true },
      }),
    }));
    if (!endpoint) return null;
    if (endpoint.provider === gear.practice?.name) return gear.practice;
    if (endpoint.provider === integratorAccount.name) return integratorAccount;
    const provider = parseAccountProvider(endpoint.provider);
    if (!provider || !account || account.state === "waiting") return null;
    const name = { organizationId, endpointId, version: account.version };
    const opened = openCredentials(gear.credentialKey, name, account);
    assert(opened.ok, "an account's credentials open under the installation's key");
    const texts = { ...(account.settings as AccountTexts), ...opened.value };
    return madeOf(provider, { texts, endpointId, gear });
  };
}

/** A provider from its account's texts, as they are stored or as they were just typed. */
export function madeOf(
  provider: AccountProvider,
  from: { readonly texts: AccountTexts; readonly endpointId: string; readonly gear: ProviderGear },
): PaymentProvider {
  const { texts, endpointId, gear } = from;
  const { siteUrl, apis = {} } = gear;
  const text = (field: string) => texts[field] ?? "";
  switch (provider) {
    case "mpesa":
      return darajaProvider({
        endpointId,
        siteUrl,
        shortCode: text("shortCode"),
        consumerKey: text("consumerKey"),
        consumerSecret: text("consumerSecret"),
        passkey: text("passkey"),
        initiatorName: text("initiatorName"),
        securityCredential: text("securityCredential"),
        claimSecret: (claimId) => pathSecret(gear.credentialKey, `claim|${claimId}`),
        addresses: text("addresses")
          .split(/[\s,]+/)
          .filter(Boolean),
        pathSecret: pathSecret(gear.credentialKey, endpointId),
        api: apis.mpesa ?? (text("environment") === "sandbox" ? DARAJA_SANDBOX : DARAJA_API),
      });
    case "paystack":
      return paystackProvider({
        siteUrl,
        secretKey: text("secretKey"),
        receiptEmail: text("receiptEmail"),
        api: apis.paystack ?? PAYSTACK_API,
      });
    case "stripe":
      return stripeProvider({
        siteUrl,
        secretKey: text("secretKey"),
        webhookSecret: text("webhookSecret"),
        ...(apis.stripe === undefined ? {} : { api: new URL(apis.stripe) }),
      });
  }
}
