"use server";

import { notFound, redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { systemClock } from "@/lib/platform";
import { createMeter, createReadMeter } from "@/lib/property";
import { parseReadNumber, parseResource } from "@/lib/property/shared";
import { parseMeterNumber } from "@/lib/sts";

/** Claims a number. What it becomes, claimed or contested, its page says. */
export async function registerMeterAction(
  { org }: { readonly org: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "meter:manage");
  if (scope.buildingIds !== null) notFound();
  const t = translatorFor(LANGUAGE.lang);
  const meterNumber = parseMeterNumber(textIn(form, "meterNumber"));
  const vendingKeyId = textIn(form, "vendingKeyId");
  const tariffIndexText = textIn(form, "tariffIndex").trim();
  const isIndex = /^\d{1,2}$/.test(tariffIndexText);
  if (!meterNumber.ok || vendingKeyId === "" || !isIndex) {
    return refused(form, "", {
      ...(meterNumber.ok ? {} : { meterNumber: t(`errors.${meterNumber.error}`) }),
      ...(vendingKeyId === "" ? { vendingKeyId: t("newMeter.keyMissing") } : {}),
      ...(isIndex ? {} : { tariffIndex: t("newMeter.tariffIndexWrong") }),
    });
  }
  const created = await createMeter(scope, {
    meterNumber: meterNumber.value,
    vendingKeyId,
    tariffIndex: Number(tariffIndexText),
    state: "claimed",
    now: systemClock.now(),
  });
  if (!created.ok) {
    const field = created.error === "vending-key-not-found" ? "vendingKeyId" : "meterNumber";
    return refused(form, "", { [field]: t(`newMeter.${created.error}`) });
  }
  redirect(`/o/${org}/meters/${created.value}`);
}

/** Registers a meter that nothing is sold on. */
export async function registerReadMeterAction(
  { org }: { readonly org: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "meter:manage");
  if (scope.buildingIds !== null) notFound();
  const t = translatorFor(LANGUAGE.lang);
  const meterNumber = parseReadNumber(textIn(form, "number"));
  const resource = parseResource(textIn(form, "resource"));
  if (!meterNumber || !resource) {
    return refused(form, "", { number: t("newMeter.readNumberWrong") });
  }
  const created = await createReadMeter(scope, { meterNumber, resource, now: systemClock.now() });
  if (!created.ok) return refused(form, "", { number: t(`newMeter.${created.error}`) });
  redirect(`/o/${org}/meters/${created.value}`);
}
