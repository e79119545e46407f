"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { decideQuarantined } from "@/lib/metering";
import { systemClock } from "@/lib/platform";

const t = translatorFor(LANGUAGE.lang);

/** Keeps or drops a reading that waits. */
export async function decideReadingAction(
  bound: { readonly org: string; readonly id: string; readonly decision: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, id, decision } = boundTexts(bound, "org", "id", "decision");
  const { scope } = await requireOrgScope(org, "reading:write");
  if (decision !== "kept" && decision !== "dropped") {
    return refused(form, t("readingsWaiting.not-found"));
  }
  const decided = await decideQuarantined(scope, { id, decision, now: systemClock.now() });
  if (!decided.ok) return refused(form, t(`readingsWaiting.${decided.error}`));
  revalidatePath(`/o/${org}/readings/waiting`);
  return { status: "done", message: t(`readingsWaiting.${decision}`) };
}
