"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn } from "@/app/_form/form-answers";
import { tokenIssuer } from "@/app/_outside/outside";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { findSale, refundCash, takeCash } from "@/lib/desk";
import { parseAmount } from "@/lib/money";
import { systemClock } from "@/lib/platform";

type Bound = { readonly org: string; readonly purchaseId: string };

const t = translatorFor(LANGUAGE.lang);

/** Takes the cash for a sale and makes its token. An empty field is the exact amount. */
export async function takeCashAction(
  bound: Bound,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, purchaseId } = boundTexts(bound, "org", "purchaseId");
  const { scope } = await requireOrgScope(org, "desk:sell");
  const sale = await findSale(scope, purchaseId);
  if (!sale) return refused(form, t("deskFault.purchase-not-found"));
  const typed = textIn(form, "likely") || textIn(form, "tendered");
  const tendered = typed.trim() === "" ? null : parseAmount(typed, sale.purchase.currency);
  if (tendered && !tendered.ok) {
    return refused(form, "", { tendered: t("deskFault.no-amount") });
  }
  const tenderedMinor = tendered?.value ?? null;
  const now = systemClock.now();
  const taken = await takeCash(scope, { purchaseId, tenderedMinor, issuer: tokenIssuer(), now });
  if (!taken.ok) {
    const text = t(`deskFault.${taken.error}`);
    return taken.error === "too-little"
      ? refused(form, "", { tendered: text })
      : refused(form, text);
  }
  redirect(`/o/${scope.slug}/desk/sales/${purchaseId}`);
}

/** Pays back in cash what got no token; above the desk's limit it asks for a second person. */
export async function refundCashAction(
  bound: Bound,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, purchaseId } = boundTexts(bound, "org", "purchaseId");
  const { scope } = await requireOrgScope(org, "desk:sell");
  const note = textIn(form, "note");
  const refunded = await refundCash(scope, { purchaseId, note, now: systemClock.now() });
  if (!refunded.ok) {
    const text = t(`deskFault.${refunded.error}`);
    return refunded.error === "no-note" ? refused(form, "", { note: text }) : refused(form, text);
  }
  revalidatePath(`/o/${scope.slug}/desk/sales/${purchaseId}`);
  return { status: "done", message: t(`desk.refund-${refunded.value}`) };
}
