"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { refused } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { systemClock } from "@/lib/platform";
import { reprintPurchase } from "@/lib/vending";

type Target = { readonly org: string; readonly purchaseId: string };

const t = translatorFor(LANGUAGE.lang);

/** Puts a copy of the receipt on record, with the token, for somebody to hand out. */
export async function reprintAction(
  { org, purchaseId }: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "token:read");
  const copy = await reprintPurchase(scope, { purchaseId, now: systemClock.now() });
  if (!copy) return refused(form, t("receipt.copyRefused"));
  revalidatePath(`/o/${scope.slug}/purchases/${purchaseId}`);
  return { status: "done", message: t("receipt.copyMade", { number: String(copy.number) }) };
}
