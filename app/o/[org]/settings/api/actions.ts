"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn, textsIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import { organizationPlace } from "@/app/_view/organization-place";
import type { FormState } from "@/components/ui/form-state";
import type { CreateKeyError } from "@/lib/api";
import { createApiKey, revokeApiKey } from "@/lib/api";
import { systemClock } from "@/lib/platform";
import { startOfCivilDay } from "@/lib/property";
import { dayAfter, parseCivilDay } from "@/lib/property/shared";

const t = translatorFor(LANGUAGE.lang);

/** The field that each refusal belongs to. */
const FIELD_OF: Readonly<Record<CreateKeyError, string>> = {
  "no-name": "name",
  "no-scope": "scopes",
  "not-a-rate": "perMinute",
  "expires-in-the-past": "lastDay",
  "building-not-found": "buildingIds",
  "key-not-found": "takesOverFrom",
};

/** Makes a key, and shows it this once. */
export async function createKeyAction(
  bound: { readonly org: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org } = boundTexts(bound, "org");
  const { scope } = await requireOrgScope(org, "api-key:manage");
  const lastDay = textIn(form, "lastDay");
  const day = lastDay === "" ? null : parseCivilDay(lastDay);
  if (day && !day.ok) return refused(form, "", { lastDay: t("apiKeys.not-a-day") });
  const { timeZone } = await organizationPlace(scope);
  const made = await createApiKey(scope, {
    name: textIn(form, "name"),
    scopes: textsIn(form, "scopes"),
    buildingIds: textsIn(form, "buildingIds"),
    perMinute: Number(textIn(form, "perMinute")),
    // It works on its last day, to that day's end.
    expiresAt: day ? startOfCivilDay(dayAfter(day.value), timeZone) : null,
    takesOverFrom: textIn(form, "takesOverFrom") || null,
    now: systemClock.now(),
  });
  if (!made.ok) {
    return refused(form, "", { [FIELD_OF[made.error]]: t(`apiKeys.${made.error}`) });
  }
  revalidatePath(`/o/${org}/settings/api`);
  const once = { label: t("apiKeys.key"), text: made.value.key };
  return { status: "done", message: t("apiKeys.made"), once };
}

/** Shuts a key out. */
export async function revokeKeyAction(
  bound: { readonly org: string; readonly id: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, id } = boundTexts(bound, "org", "id");
  const { scope } = await requireOrgScope(org, "api-key:manage");
  const revoked = await revokeApiKey(scope, { id, now: systemClock.now() });
  if (!revoked.ok) return refused(form, t("apiKeys.not-found"));
  revalidatePath(`/o/${org}/settings/api`);
  return { status: "done", message: t("apiKeys.shutOut") };
}
