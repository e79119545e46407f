"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { contactOf } from "@/app/_view/contact-fields";
import { LANGUAGE } from "@/app/_view/frames";
import { organizationFaults } from "@/app/_view/organization-fields";
import type { FormState } from "@/components/ui/form-state";
import { parseOrganizationForm } from "@/lib/identity/shared";
import { changeContact, changeOrganization } from "@/lib/people";
import { systemClock } from "@/lib/platform";

type Target = { readonly org: string };

const t = translatorFor(LANGUAGE.lang);

/** Changes what the organization is called. */
export async function renameAction(
  { org }: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "organization:manage");
  const parsed = parseOrganizationForm({
    organization: textIn(form, "organization"),
    legalName: textIn(form, "legalName"),
    taxNumber: textIn(form, "taxNumber"),
  });
  if (!parsed.ok) {
    return refused(form, t("settings.refused"), organizationFaults(parsed.error, t));
  }
  await changeOrganization(scope, parsed.value, systemClock.now());
  revalidatePath(`/o/${scope.slug}`, "layout");
  return { status: "done", message: t("settings.saved") };
}

/** Changes whom a receipt names for questions and complaints. */
export async function contactAction(
  { org }: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "organization:manage");
  const parsed = contactOf(
    {
      address: textIn(form, "address"),
      contactPhone: textIn(form, "contactPhone"),
      contactEmail: textIn(form, "contactEmail"),
    },
    t,
  );
  if (!parsed.ok) return refused(form, t("settings.refused"), parsed.error);
  await changeContact(scope, parsed.value, systemClock.now());
  revalidatePath(`/o/${scope.slug}`, "layout");
  return { status: "done", message: t("settings.saved") };
}
