import { isPracticeInstallation } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { type ProviderGear, providersOf, readCredentialKey } from "@/lib/payments";
import { webEnv } from "@/lib/platform";
import { type CallbackRoute, PRACTICE_PROVIDER, practiceProvider } from "@/lib/practice";
import { type PracticeSigner, signerClient, type TokenIssuer } from "@/lib/signer";

// What the web asks beyond its database: the signer and the payment provider.

let issuer: (TokenIssuer & PracticeSigner) | undefined;

/** The signer, over its local socket; made at first use, so that a build needs no environment. */
export function tokenIssuer(): TokenIssuer & PracticeSigner {
  issuer ??= signerClient(webEnv().SIGNER_SOCKET);
  return issuer;
}

let gear: Promise<ProviderGear> | undefined;

/** What this installation's payment providers are made from; the key is read once. */
export function providerGear(): Promise<ProviderGear> {
  gear ??= makeGear().catch((error: unknown) => {
    gear = undefined;
    throw error;
  });
  return gear;
}

async function makeGear(): Promise<ProviderGear> {
  const { SITE_URL: siteUrl, PAYMENT_KEY_FILE, PRACTICE_PROVIDER_SECRET } = webEnv();
  const isPractice = await isPracticeInstallation();
  return {
    siteUrl,
    credentialKey: await readCredentialKey(PAYMENT_KEY_FILE),
    practice: isPractice ? practiceProvider(PRACTICE_PROVIDER_SECRET) : null,
  };
}

/** The provider behind an endpoint; null for one that takes no payments. */
export async function providerOf(endpoint: {
  readonly organizationId: string;
  readonly endpointId: string;
}) {
  return providersOf(await providerGear())(endpoint);
}

/** The ways to pay somebody: practice money counts where there is any. */
export async function practiceMoney(): Promise<string | null> {
  return (await isPracticeInstallation()) ? PRACTICE_PROVIDER : null;
}

/** How the practice provider reaches our webhook. */
export function callbackRoute(): CallbackRoute {
  const { SITE_URL, PRACTICE_PROVIDER_SECRET } = webEnv();
  assert(PRACTICE_PROVIDER_SECRET !== undefined, "a practice installation has its secret");
  return { siteUrl: SITE_URL, masterSecret: PRACTICE_PROVIDER_SECRET };
}
