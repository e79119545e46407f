"use server";

import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { systemClock } from "@/lib/platform";
import { drawBuilding } from "@/lib/property";
import { unitsFault, unitsIn } from "../draw-form";

const AT = {
  "tariff-not-found": "tariffId",
  "zone-unknown": "timeZone",
  "locale-unknown": "locale",
  "not-allowed": null,
} as const;

/** Draws a building, floor by floor, and leads on to it. */
export async function drawBuildingAction(
  { org }: { readonly org: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "property:manage");
  const t = translatorFor(LANGUAGE.lang);
  const [name, address] = [textIn(form, "name").trim(), textIn(form, "address").trim()];
  const units = unitsIn(form);
  if (name === "" || address === "" || !units.ok) {
    return refused(form, "", {
      ...(name === "" ? { name: t("drawBuilding.nameMissing") } : {}),
      ...(address === "" ? { address: t("drawBuilding.addressMissing") } : {}),
      ...(units.ok ? {} : unitsFault(units.error, t)),
    });
  }
  const drawn = await drawBuilding(scope, {
    name: name.slice(0, 80),
    address: address.slice(0, 200),
    tariffId: textIn(form, "tariffId"),
    timeZone: textIn(form, "timeZone"),
    locale: textIn(form, "locale").trim(),
    units: units.value,
    now: systemClock.now(),
  });
  if (!drawn.ok) {
    const [field, text] = [AT[drawn.error], t(`drawBuilding.${drawn.error}`)];
    return field ? refused(form, "", { [field]: text }) : refused(form, text);
  }
  redirect(`/o/${org}/buildings/${drawn.value}`);
}
