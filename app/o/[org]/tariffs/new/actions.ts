"use server";

import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { parseCurrencyCode } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { addTariff } from "@/lib/tariffs";

const LONGEST_NAME = 80;

/** Adds a price list and leads on to its first version. */
export async function addTariffAction(
  { org }: { readonly org: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "tariff:manage");
  const t = translatorFor(LANGUAGE.lang);
  const name = textIn(form, "name").trim();
  const currency = parseCurrencyCode(textIn(form, "currency"));
  if (name === "" || name.length > LONGEST_NAME || !currency.ok) {
    return refused(form, "", {
      ...(name === "" ? { name: t("newTariff.nameMissing") } : {}),
      ...(name.length > LONGEST_NAME ? { name: t("newTariff.nameLong") } : {}),
      ...(currency.ok ? {} : { currency: t("newTariff.currencyMissing") }),
    });
  }
  const added = { name, currency: currency.value, now: systemClock.now() };
  const tariffId = await addTariff(scope, added);
  redirect(`/o/${org}/tariffs/${tariffId}/new-version`);
}
