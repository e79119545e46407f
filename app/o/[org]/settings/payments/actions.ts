"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn } from "@/app/_form/form-answers";
import { providerGear, providerOf } from "@/app/_outside/outside";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { addAccount, switchOffAccount, testAccount } from "@/lib/payments";
import { accountFields, parseAccountProvider } from "@/lib/payments/shared";
import { systemClock } from "@/lib/platform";

const t = translatorFor(LANGUAGE.lang);

/** Adds an account with a provider. What is secret is sealed, and never shown again. */
export async function addAccountAction(
  bound: { readonly org: string; readonly provider: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, provider: word } = boundTexts(bound, "org", "provider");
  const { scope } = await requireOrgScope(org, "organization:manage");
  const provider = parseAccountProvider(word);
  if (!provider) return refused(form, t("paymentAccounts.not-found"));
  const { settings, secrets } = accountFields(provider);
  // A secret's field is called a password, so that no refusal sends it back to the browser.
  const typed = Object.fromEntries([
    ...settings.map((name) => [name, textIn(form, name)]),
    ...secrets.map((name) => [name, textIn(form, `${name}Password`)]),
  ]);
  const label = textIn(form, "label");
  const gear = await providerGear();
  const added = await addAccount(scope, { provider, label, typed, gear, now: systemClock.now() });
  if (!added.ok) {
    if (added.error.code === "not-found") return refused(form, t("paymentAccounts.not-found"));
    const fault = t("paymentAccounts.fieldInvalid");
    const faults = added.error.fields.map((field) => [
      secrets.includes(field) ? `${field}Password` : field,
      fault,
    ]);
    return refused(form, t("paymentAccounts.invalid"), Object.fromEntries(faults));
  }
  revalidatePath(`/o/${org}/settings/payments`);
  const message = added.value.isWaiting ? "paymentAccounts.addedWaiting" : "paymentAccounts.added";
  return { status: "done", message: t(message) };
}

/** Asks the provider whether an account's credentials open anything. */
export async function testAccountAction(
  bound: { readonly org: string; readonly endpointId: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, endpointId } = boundTexts(bound, "org", "endpointId");
  const { scope } = await requireOrgScope(org, "organization:manage");
  const now = systemClock.now();
  const answer = await testAccount(scope, { endpointId, providers: providerOf, now });
  return answer === "accepted"
    ? { status: "done", message: t("paymentAccounts.accepted") }
    : refused(form, t(`paymentAccounts.${answer}`));
}

/** Sends nobody to an account any more. */
export async function switchOffAccountAction(
  bound: { readonly org: string; readonly endpointId: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, endpointId } = boundTexts(bound, "org", "endpointId");
  const { scope } = await requireOrgScope(org, "organization:manage");
  const switched = await switchOffAccount(scope, { endpointId, now: systemClock.now() });
  if (!switched.ok) return refused(form, t("paymentAccounts.not-found"));
  revalidatePath(`/o/${org}/settings/payments`);
  return { status: "done", message: t("paymentAccounts.switchedOff") };
}
