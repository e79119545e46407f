"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { correctRow, mapColumns, startImport, undoImport } from "@/lib/onboarding";
import { OBSTACLES, parseColumnName, parseDayOrder, SHEET_LIMITS } from "@/lib/onboarding/shared";
import { systemClock } from "@/lib/platform";

type Bound = { readonly org: string; readonly batchId: string };
const PLACES = Array.from({ length: SHEET_LIMITS.columns }, (_, place) => place);

/** Says which of our columns each of the sheet's is. */
export async function mapColumnsAction(
  bound: Bound,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, batchId } = boundTexts(bound, "org", "batchId");
  const { scope } = await requireOrgScope(org, "property:manage");
  const mapped = await mapColumns(scope, {
    batchId,
    mapping: PLACES.map((place) => parseColumnName(textIn(form, `column-${place}`))),
    dayOrder: parseDayOrder(textIn(form, "dayOrder")),
    now: systemClock.now(),
  });
  if (!mapped.ok) return refused(form, translatorFor(LANGUAGE.lang)(`importError.${mapped.error}`));
  redirect(`/o/${scope.slug}/import/${batchId}`);
}

/** Writes other cells into one row; what it then says of the sheet stands on the page. */
export async function correctRowAction(
  bound: Bound & { readonly row: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, batchId, row } = boundTexts(bound, "org", "batchId", "row");
  const { scope } = await requireOrgScope(org, "property:manage");
  const typed = PLACES.filter((place) => form.has(`cell-${place}`));
  const longest = SHEET_LIMITS.cell;
  const corrected = await correctRow(scope, {
    batchId,
    row: /^\d{1,7}$/.test(row) ? Number(row) : 0,
    cells: new Map(typed.map((place) => [place, textIn(form, `cell-${place}`).slice(0, longest)])),
    now: systemClock.now(),
  });
  if (!corrected.ok) {
    return refused(form, translatorFor(LANGUAGE.lang)(`importError.${corrected.error}`));
  }
  revalidatePath(`/o/${scope.slug}/import/${batchId}`);
  return { status: "done", message: translatorFor(LANGUAGE.lang)("import.corrected", { row }) };
}

/** Has the worker carry the sheet out. */
export async function applyImportAction(
  bound: Bound,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, batchId } = boundTexts(bound, "org", "batchId");
  const { scope } = await requireOrgScope(org, "property:manage");
  const started = await startImport(scope, { batchId, now: systemClock.now() });
  if (!started.ok) {
    return refused(form, translatorFor(LANGUAGE.lang)(`importError.${started.error}`));
  }
  redirect(`/o/${scope.slug}/import/${batchId}`);
}

/** Takes out again what the sheet made, or says what stands in the way. */
export async function undoImportAction(
  bound: Bound,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, batchId } = boundTexts(bound, "org", "batchId");
  const { scope } = await requireOrgScope(org, "property:manage");
  const t = translatorFor(LANGUAGE.lang);
  const undone = await undoImport(scope, { batchId, now: systemClock.now() });
  if (undone.ok) redirect(`/o/${scope.slug}/import/${batchId}`);
  const { error } = undone;
  if (error.code !== "in-use") return refused(form, t(`importError.${error.code}`));
  const ways = OBSTACLES.flatMap((what) => {
    const count = error.obstacles[what];
    return count === undefined ? [] : [t(`importObstacle.${what}`, { count })];
  });
  return refused(form, t("importError.in-use", { ways: ways.join(" · ") }));
}
