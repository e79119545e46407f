"use server";

import { revalidatePath } from "next/cache";
import { notFound, redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { answerEditor, scheduleErrors } from "@/app/_tariff/answer-editor";
import { editRows } from "@/app/_tariff/edit-rows";
import { definitionOfFields, fieldsIn } from "@/app/_tariff/read-editor-form";
import { LANGUAGE } from "@/app/_view/frames";
import { organizationPlace } from "@/app/_view/organization-place";
import type { EditorState } from "@/components/tariffs/editor-state";
import { systemClock } from "@/lib/platform";
import { instantOfCivilTime } from "@/lib/property";
import { findTariff, listReferences, scheduleVersion } from "@/lib/tariffs";

type Target = { readonly org: string; readonly tariffId: string };

/** Tries, changes the rows of, or saves the version that stands in the editor. */
export async function editVersionAction(
  target: Target,
  previous: EditorState,
  form: FormData,
): Promise<EditorState> {
  const { org, tariffId } = boundTexts(target, "org", "tariffId");
  const { scope } = await requireOrgScope(org, "tariff:manage");
  const now = systemClock.now();
  const [tariff, place] = await Promise.all([
    findTariff(scope, tariffId, now),
    organizationPlace(scope),
  ]);
  if (!tariff) notFound();
  const fields = fieldsIn(form);
  const t = translatorFor(LANGUAGE.lang);
  const references = await listReferences(scope, tariff.currency);
  const given = { currency: tariff.currency, locale: place.locale, references, t };
  const intent = textIn(form, "intent");
  const edited = editRows(fields, intent);
  // A revision comes back from the browser: whatever it is, the next is another one.
  const revision = (Number(previous?.revision) || 0) + 1;
  if (edited) return { ...answerEditor(edited, { ...given, isQuiet: true }), revision };
  const tried = { ...answerEditor(fields, given), revision };
  if (intent !== "save") return tried;
  const { reference, startsAt: typedStart, reason } = fields;
  const startsAt = typedStart === "" ? null : instantOfCivilTime(typedStart, place.timeZone);
  if (typedStart !== "" && !startsAt) {
    return { ...tried, errors: { ...tried.errors, startsAt: t("tariffs.startWrong") } };
  }
  const scheduled = await scheduleVersion(scope, {
    tariffId: tariff.id,
    definition: definitionOfFields(fields),
    startsAt,
    referenceTariffId: reference || null,
    reason,
    now,
  });
  if (!scheduled.ok) return { ...tried, ...scheduleErrors(scheduled.error, tried, t) };
  revalidatePath(`/o/${org}/tariffs/${tariff.id}`);
  redirect(`/o/${org}/tariffs/${tariff.id}?done=${scheduled.value.state}`);
}
