"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn } from "@/app/_form/form-answers";
import { LANGUAGE } from "@/app/_view/frames";
import { organizationFaults } from "@/app/_view/organization-fields";
import type { FormState } from "@/components/ui/form-state";
import { parseOrganizationForm } from "@/lib/identity/shared";
import { openOrganization } from "@/lib/people";
import { systemClock } from "@/lib/platform";
import { requireAdministrator } from "./require-administrator";

const t = translatorFor(LANGUAGE.lang);

/** Opens a further organization; the form's key makes a repeat the same one. */
export async function openAction(_previous: FormState, form: FormData): Promise<FormState> {
  const { scope } = await requireAdministrator();
  const parsed = parseOrganizationForm({
    organization: textIn(form, "organization"),
    legalName: textIn(form, "legalName"),
    taxNumber: textIn(form, "taxNumber"),
  });
  if (!parsed.ok) {
    return refused(form, t("settings.newRefused"), organizationFaults(parsed.error, t));
  }
  const { userId, origin } = scope;
  const wanted = { names: parsed.value, requestKey: textIn(form, "requestKey") };
  const slug = await openOrganization({ userId, origin }, wanted, systemClock.now());
  redirect(`/o/${slug}` as Route);
}
