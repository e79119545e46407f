"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { systemClock } from "@/lib/platform";
import { withdrawVersion } from "@/lib/tariffs";

type Target = { readonly org: string; readonly tariffId: string; readonly versionId: string };

/** Takes back a version that has not started yet. */
export async function withdrawVersionAction(
  target: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, tariffId, versionId } = boundTexts(target, "org", "tariffId", "versionId");
  const { scope } = await requireOrgScope(org, "tariff:manage");
  const given = { tariffId, versionId, now: systemClock.now() };
  const withdrawn = await withdrawVersion(scope, given);
  if (!withdrawn.ok) {
    return refused(form, translatorFor(LANGUAGE.lang)(`tariffs.withdraw-${withdrawn.error.code}`));
  }
  revalidatePath(`/o/${org}/tariffs/${tariffId}`);
  redirect(`/o/${org}/tariffs/${tariffId}?done=withdrawn`);
}
