import type { SaveAccountError } from "../errors";

/** The providers that an organization can have an account with. */
export const ACCOUNT_PROVIDERS = ["mpesa", "stripe", "paystack"] as const;
export type AccountProvider = (typeof ACCOUNT_PROVIDERS)[number];

type Fields = Readonly<Record<string, RegExp>>;

const TEXT = /^\S{8,500}$/;
const FORMS = {
  mpesa: {
    settings: {
      shortCode: /^\d{5,7}$/,
      environment: /^(?:live|sandbox)$/,
      addresses: /^[0-9a-f.:,\s]{0,500}$/i,
    },
    // The last two are for paybill alone: who asks what became of a transaction.
    secrets: {
      consumerKey: TEXT,
      consumerSecret: TEXT,
      passkey: TEXT,
      initiatorName: /^\S{0,100}$/,
      securityCredential: /^[A-Za-z0-9+/=]{0,500}$/,
    },
  },
  stripe: {
    settings: {},
    secrets: { secretKey: /^[rs]k_\w{8,250}$/, webhookSecret: /^whsec_\S{8,250}$/ },
  },
  paystack: {
    settings: { receiptEmail: /^[^\s@]{1,100}@[^\s@]{1,100}\.[^\s@.]{2,30}$/ },
    secrets: { secretKey: /^sk_\w{8,250}$/ },
  },
} as const satisfies Record<
  AccountProvider,
  { readonly settings: Fields; readonly secrets: Fields }
>;

/** Field names with what stands in them. */
export type AccountTexts = Readonly<Record<string, string>>;

/** Which fields an account has, in the order a form asks for them. */
export function accountFields(provider: AccountProvider): {
  readonly settings: readonly string[];
  readonly secrets: readonly string[];
} {
  const { settings, secrets } = FORMS[provider];
  return { settings: Object.keys(settings), secrets: Object.keys(secrets) };
}

/** The last four of what an account is recognised by; nothing else of a secret is ever shown. */
export function lastFourOf(secrets: AccountTexts): string {
  return (secrets.secretKey ?? secrets.consumerKey ?? "").slice(-4);
}

export type ParsedAccount = { readonly settings: AccountTexts; readonly secrets: AccountTexts };

/** What was typed, or which fields are wrong; a value is never repeated. */
export function parseAccount(
  provider: AccountProvider,
  typed: AccountTexts,
): ParsedAccount | Extract<SaveAccountError, { code: "invalid" }> {
  const { settings, secrets } = FORMS[provider];
  const wrong: string[] = [];
  const read = (fields: Fields) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, form]) => {
        const value = (typed[name] ?? "").trim();
        if (!form.test(value)) wrong.push(name);
        return [name, value];
      }),
    );
  const parsed = { settings: read(settings), secrets: read(secrets) };
  return wrong.length > 0 ? { code: "invalid", fields: wrong } : parsed;
}

/** Null for a word that is none of them. */
export function parseAccountProvider(word: string): AccountProvider | null {
  return ACCOUNT_PROVIDERS.find((provider) => provider === word) ?? null;
}
