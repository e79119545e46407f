"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { eraseAuditPersonal } from "@/lib/access";
import { isId, systemClock } from "@/lib/platform";

/** Erases from where a person acted; what they did stays, and the chain whole. */
export async function eraseTracesAction(
  target: { readonly org: string; readonly userId: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(target.org, "organization:manage");
  const t = translatorFor(LANGUAGE.lang);
  if (!isId(target.userId)) return refused(form, t("problem.notFoundTitle"));
  if (textIn(form, "isSure") !== "yes") {
    return refused(form, "", { isSure: t("audit.eraseUnsure") });
  }
  const erased = await eraseAuditPersonal(scope, target.userId, systemClock.now());
  revalidatePath(`/o/${scope.slug}/audit`);
  return { status: "done", message: t("audit.erased", { count: String(erased) }) };
}
