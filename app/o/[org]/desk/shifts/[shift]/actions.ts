"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { type Counted, closeShift, countPieces, countShift, findShift, piecesOf } from "@/lib/desk";
import { type CurrencyCode, parseAmount } from "@/lib/money";
import { systemClock } from "@/lib/platform";

type Bound = { readonly org: string; readonly shiftId: string; readonly number: string };

const t = translatorFor(LANGUAGE.lang);

/** Writes down what is in the drawer: by pieces, or a total. */
export async function countShiftAction(
  bound: Bound,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, shiftId, number } = boundTexts(bound, "org", "shiftId", "number");
  const { scope } = await requireOrgScope(org, "desk:read");
  const shift = await findShift(scope, shiftId);
  if (!shift) return refused(form, t("deskFault.shift-not-found"));
  const read = readCount(form, shift.currency);
  if ("field" in read) return refused(form, "", { [read.field]: t("deskFault.no-count") });
  const asked = { shiftId, number: Number(number) || 0, counted: read, now: systemClock.now() };
  const counted = await countShift(scope, asked);
  if (!counted.ok) return refused(form, t(`deskFault.${counted.error}`));
  revalidatePath(`/o/${scope.slug}/desk/shifts/${shiftId}`);
  return { status: "done", message: t("desk.wasCounted") };
}

function readCount(form: FormData, currency: CurrencyCode): Counted | { readonly field: string } {
  const total = textIn(form, "total").trim();
  if (total !== "") {
    if (/^0+(?:\.0*)?$/.test(total)) return { totalMinor: 0n, pieces: {} };
    const amount = parseAmount(total, currency);
    return amount.ok ? { totalMinor: amount.value, pieces: {} } : { field: "total" };
  }
  const typed = piecesOf(currency).map((piece): [string, string] => {
    return [piece.toString(), textIn(form, `piece-${piece}`)];
  });
  // Nothing typed at all is no count of an empty drawer: that is a nought in the total.
  if (typed.every(([, text]) => text.trim() === "")) return { field: "total" };
  const counted = countPieces(currency, new Map(typed));
  return counted.ok ? counted.value : { field: `piece-${counted.error.piece}` };
}

/** Closes a shift by the count that the page showed. */
export async function closeShiftAction(
  bound: Bound,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, shiftId, number } = boundTexts(bound, "org", "shiftId", "number");
  const { scope } = await requireOrgScope(org, "desk:read");
  const reason = textIn(form, "reason");
  const asked = { shiftId, number: Number(number) || 0, reason, now: systemClock.now() };
  const closed = await closeShift(scope, asked);
  if (!closed.ok) {
    const text = t(`deskFault.${closed.error}`);
    return closed.error === "no-reason" ? refused(form, "", { reason: text }) : refused(form, text);
  }
  revalidatePath(`/o/${scope.slug}/desk/shifts/${shiftId}`);
  return { status: "done", message: t("desk.wasClosed") };
}
