"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { refused } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { systemClock } from "@/lib/platform";
import { addUnits } from "@/lib/property";
import { unitsFault, unitsIn } from "../../../draw-form";

/** Adds floors of units to a building, and leads back to it. */
export async function addUnitsAction(
  { org, buildingId }: { readonly org: string; readonly buildingId: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "property:manage");
  const t = translatorFor(LANGUAGE.lang);
  const units = unitsIn(form);
  if (!units.ok) return refused(form, "", unitsFault(units.error, t));
  const added = await addUnits(scope, { buildingId, units: units.value, now: systemClock.now() });
  if (!added.ok) {
    const { error } = added;
    if (error.code === "building-not-found") redirect(`/o/${org}`);
    return refused(form, "", { pattern: t("drawBuilding.labelTaken", { label: error.label }) });
  }
  revalidatePath(`/o/${org}/buildings/${buildingId}`);
  redirect(`/o/${org}/buildings/${buildingId}`);
}
