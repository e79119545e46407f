import type { FieldView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import type { Shown } from "@/lib/metering";
import { parseKwh, QUANTITIES } from "@/lib/metering/shared";
import { textIn } from "./form-answers";

type Read = { readonly shown: Shown; readonly faults: Readonly<Record<string, string>> };

/** What somebody typed of a meter's two numbers; one that is left empty was not read. */
export function shownIn(form: FormData, t: Translate, prefix = ""): Read {
  const shown: { quantity: (typeof QUANTITIES)[number]; value: bigint }[] = [];
  const faults: Record<string, string> = {};
  for (const quantity of QUANTITIES) {
    const name = `${prefix}${quantity}`;
    const typed = textIn(form, name).trim();
    if (typed === "") continue;
    const value = parseKwh(typed);
    if (value.ok) shown.push({ quantity, value: value.value });
    else faults[name] = t("readingForm.notANumber");
  }
  return { shown, faults };
}

/** The fields for it; a meter that is only read has no credit left on it. */
export function shownFields(
  which: { readonly isSold: boolean; readonly prefix?: string; readonly labels: "now" | "new" },
  t: Translate,
): readonly FieldView[] {
  const { isSold, prefix = "", labels } = which;
  return QUANTITIES.filter((quantity) => isSold || quantity === "register").map((quantity) => ({
    kind: "text",
    name: `${prefix}${quantity}`,
    label: t(`meterLife.${quantity}-${labels}`),
    maxLength: 14,
    inputMode: "decimal",
  }));
}
