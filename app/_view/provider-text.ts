import type { MessageKey, Translate } from "@/components/ui/translate";

const KEYS: Readonly<Record<string, MessageKey>> = {
  practice: "provider.practice",
  mpesa: "provider.mpesa",
  stripe: "provider.stripe",
  paystack: "provider.paystack",
  cash: "provider.cash",
};

/** What people call a provider; its own word where a newer version wrote it. */
export function providerText(provider: string, t: Translate): string {
  const key = KEYS[provider];
  return key ? t(key) : provider;
}
