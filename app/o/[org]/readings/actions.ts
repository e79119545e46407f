"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { readSheet, recordBatch } from "@/lib/metering";
import { systemClock } from "@/lib/platform";
import { batchReport } from "./batch-report";

const t = translatorFor(LANGUAGE.lang);

/** Takes a sheet of readings down; each row is answered, and none is lost. */
export async function uploadReadingsAction(
  bound: { readonly org: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org } = boundTexts(bound, "org");
  const { scope } = await requireOrgScope(org, "reading:write");
  const file = form.get("sheet");
  if (!(file instanceof File) || file.size === 0) {
    return refused(form, "", { sheet: t("readings.noSheet") });
  }
  const read = readSheet(new Uint8Array(await file.arrayBuffer()));
  if (!read.ok) return refused(form, "", { sheet: t(`readings.${read.error}`) });
  const batch = { readings: read.value, now: systemClock.now() };
  const recorded = await recordBatch(scope, batch);
  if (!recorded.ok) return refused(form, "", { sheet: t("readings.too-many-rows") });
  revalidatePath(`/o/${org}/readings`);
  return batchReport(read.value, recorded.value, t);
}
