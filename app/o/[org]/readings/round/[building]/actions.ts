"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import type { MessageKey } from "@/components/ui/translate";
import { listRound, recordReadings } from "@/lib/metering";
import { parseKwh } from "@/lib/metering/shared";
import { systemClock } from "@/lib/platform";
import { findBuilding, instantOfCivilTime } from "@/lib/property";

const t = translatorFor(LANGUAGE.lang);

/** Takes down what was read on a round; fields that were left empty are of meters not read. */
export async function enterRoundAction(
  bound: { readonly org: string; readonly buildingId: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, buildingId } = boundTexts(bound, "org", "buildingId");
  const { scope } = await requireOrgScope(org, "reading:write");
  const now = systemClock.now();
  const building = await findBuilding(scope, buildingId, now);
  if (!building) return refused(form, t("round.empty"));
  const at = instantOfCivilTime(textIn(form, "at"), building.timeZone);
  if (!at) return refused(form, "", { at: t("readingForm.noTime") });
  const stops = await listRound(scope, { buildingId, now });
  const read = stops.flatMap(({ meterId, quantity }) => {
    const typed = textIn(form, meterId);
    return typed.trim() === "" ? [] : [{ meterId, quantity, at, value: parseKwh(typed) }];
  });
  const faults = read.filter(({ value }) => !value.ok);
  if (faults.length > 0 || read.length === 0) {
    const errors = faults.map(({ meterId }) => [meterId, t("readingForm.notANumber")]);
    return refused(form, t(read.length === 0 ? "round.nothing" : "round.faults"), {
      ...Object.fromEntries(errors),
    });
  }
  const readings = read.flatMap(({ value, ...reading }) =>
    value.ok ? [{ ...reading, value: value.value }] : [],
  );
  const recorded = await recordReadings(scope, readings, now);
  if (!recorded.ok) return refused(form, t("readings.too-many-rows"));
  revalidatePath(`/o/${org}/readings`);
  const labels = new Map(stops.map((stop) => [stop.meterId, stop.unitLabel]));
  const others = recorded.value.flatMap((outcome, index) => {
    const label = labels.get(readings[index]?.meterId ?? "") ?? "";
    const code = "reason" in outcome ? outcome.reason : outcome.outcome;
    return outcome.outcome === "accepted" ? [] : [{ label, why: `readingWhy.${code}` }];
  });
  const accepted = recorded.value.length - others.length;
  const told = others.map(({ label, why }) => `${label}: ${t(why as MessageKey)}`);
  return { status: "done", message: [t("round.done", { accepted }), ...told].join(" ") };
}
