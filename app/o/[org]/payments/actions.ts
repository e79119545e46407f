"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { decideCase } from "@/lib/payments";
import { parseCaseDecision } from "@/lib/payments/shared";
import { systemClock } from "@/lib/platform";

const t = translatorFor(LANGUAGE.lang);

/** Decides what becomes of money that waits for a person. */
export async function decideCaseAction(
  bound: { readonly org: string; readonly caseId: string; readonly decision: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, caseId, decision: word } = boundTexts(bound, "org", "caseId", "decision");
  const { scope } = await requireOrgScope(org, "payment:manage");
  const decision = parseCaseDecision(word);
  if (!decision) return refused(form, t("payments.not-possible"));
  const meterNumber = textIn(form, "meterNumber");
  const decided = await decideCase(scope, {
    ...{ caseId, decision, meterNumber },
    now: systemClock.now(),
  });
  if (!decided.ok) {
    const text = t(`payments.${decided.error}`);
    const isMeter = decided.error === "meter-not-found" || decided.error === "other-currency";
    return isMeter ? refused(form, "", { meterNumber: text }) : refused(form, text);
  }
  revalidatePath(`/o/${org}/payments`);
  return { status: "done", message: t("payments.decided") };
}
