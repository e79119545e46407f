import { isPracticeInstallation } from "@/lib/access";
import { assert } from "@/lib/kernel";
import type { PaymentProvider } from "@/lib/payments";
import { webEnv } from "@/lib/platform";
import { type CallbackRoute, practiceProvider } from "@/lib/practice";
import { signerClient, type TokenIssuer } from "@/lib/signer";

// What the web asks beyond its database: the signer and the payment provider.

let issuer: TokenIssuer | undefined;

/** The signer, over its local socket; made at first use, so that a build needs no environment. */
export function tokenIssuer(): TokenIssuer {
  issuer ??= signerClient(webEnv().SIGNER_SOCKET);
  return issuer;
}

/** The provider that residents pay through: practice money. Production has none so far: null. */
export async function paymentProvider(): Promise<PaymentProvider | null> {
  return (await isPracticeInstallation()) ? practiceProvider() : null;
}

/** How the practice provider reaches our webhook. */
export function callbackRoute(): CallbackRoute {
  const { SITE_URL, PRACTICE_PROVIDER_SECRET } = webEnv();
  assert(PRACTICE_PROVIDER_SECRET !== undefined, "a practice installation has its secret");
  return { siteUrl: SITE_URL, masterSecret: PRACTICE_PROVIDER_SECRET };
}
