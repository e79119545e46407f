import { providerText } from "@/app/_view/provider-text";
import type { FieldView } from "@/components/ui/action-form";
import type { MessageKey, Translate } from "@/components/ui/translate";
import { type AccountProvider, accountFields } from "@/lib/payments/shared";
import { addAccountAction } from "./actions";

const LABELS: Readonly<Record<string, MessageKey>> = {
  shortCode: "paymentAccounts.shortCode",
  addresses: "paymentAccounts.addresses",
  receiptEmail: "paymentAccounts.receiptEmail",
  consumerKey: "paymentAccounts.consumerKey",
  consumerSecret: "paymentAccounts.consumerSecret",
  passkey: "paymentAccounts.passkey",
  initiatorName: "paymentAccounts.initiatorName",
  securityCredential: "paymentAccounts.securityCredential",
  secretKey: "paymentAccounts.secretKey",
  webhookSecret: "paymentAccounts.webhookSecret",
};
const HINTS: Readonly<Record<string, MessageKey>> = {
  addresses: "paymentAccounts.addressesHint",
  initiatorName: "paymentAccounts.initiatorNameHint",
  securityCredential: "paymentAccounts.securityCredentialHint",
  receiptEmail: "paymentAccounts.receiptEmailHint",
};
const OPTIONAL: readonly string[] = ["addresses", "initiatorName", "securityCredential"];

/** What one provider wants to know, and where it is to call. */
export function addForm(about: {
  readonly provider: AccountProvider;
  /** Where the next account will be called. */
  readonly address: string;
  readonly org: string;
  readonly t: Translate;
}) {
  const { provider, address, org, t } = about;
  const { settings, secrets } = accountFields(provider);
  const labelOf = (name: string) => t(LABELS[name] ?? "paymentAccounts.secretKey");
  const setting = (name: string): FieldView => {
    const hint = HINTS[name];
    const common = { name, label: labelOf(name), ...(hint ? { hint: t(hint) } : {}) };
    return name === "environment"
      ? {
          kind: "one",
          name,
          label: t("paymentAccounts.environment"),
          choices: [
            { value: "live", label: t("paymentAccounts.live") },
            { value: "sandbox", label: t("paymentAccounts.sandbox") },
          ],
        }
      : { kind: "text", ...common, maxLength: 500, isRequired: !OPTIONAL.includes(name) };
  };
  const secret = (name: string): FieldView => {
    const hint = HINTS[name];
    return {
      kind: "password",
      name: `${name}Password`,
      label: labelOf(name),
      ...(hint ? { hint: t(hint) } : {}),
      autoComplete: "off",
      maxLength: 500,
      isRequired: !OPTIONAL.includes(name),
    };
  };
  const label: FieldView = {
    kind: "text",
    name: "label",
    label: t("paymentAccounts.label"),
    hint: t("paymentAccounts.labelHint"),
    maxLength: 60,
    isRequired: true,
  };
  return {
    action: addAccountAction.bind(null, { org, provider }),
    tellText: provider === "mpesa" ? null : t("paymentAccounts.tell"),
    address: provider === "mpesa" ? null : address,
    title: providerText(provider, t),
    view: {
      id: `add-account-${provider}`,
      fields: [label, ...settings.map(setting), ...secrets.map(secret)],
      submit: t("paymentAccounts.add"),
    },
  };
}
