import { translatorFor } from "@/app/_document/translator";
import { LANGUAGE } from "@/app/_view/frames";
import type { FieldView } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope, ResidentScope } from "@/lib/access/shared";
import { recordReadings } from "@/lib/metering";
import { parseKwh, parseQuantity, QUANTITIES } from "@/lib/metering/shared";
import { civilTimeAt, instantOfCivilTime } from "@/lib/property";
import type { Resource } from "@/lib/property/shared";
import { refused, textIn } from "./form-answers";

type Read = { readonly meterId: string; readonly timeZone: string; readonly now: Date };

/**
 * Takes down what somebody read off a meter and typed. Gives the sentence that says what became of
 * it, or the refusal with what was typed.
 */
export async function enterReading(
  scope: OrgScope | ResidentScope,
  { meterId, timeZone, now }: Read,
  form: FormData,
): Promise<string | FormState> {
  const t = translatorFor(LANGUAGE.lang);
  const quantity = parseQuantity(textIn(form, "quantity"));
  const value = parseKwh(textIn(form, "value"));
  const at = instantOfCivilTime(textIn(form, "at"), timeZone);
  if (!quantity || !value.ok || !at) {
    return refused(form, "", {
      ...(quantity ? {} : { quantity: t("readingForm.noQuantity") }),
      ...(value.ok ? {} : { value: t("readingForm.notANumber") }),
      ...(at ? {} : { at: t("readingForm.noTime") }),
    });
  }
  const recorded = await recordReadings(
    scope,
    [{ meterId, quantity, at, value: value.value }],
    now,
  );
  const outcome = recorded.ok ? recorded.value[0] : undefined;
  if (!outcome || outcome.outcome === "refused") {
    return refused(form, t(`readingForm.${outcome?.reason ?? "not-a-value"}`));
  }
  if (outcome.outcome === "quarantined") return t(`readingForm.${outcome.reason}`);
  return t(`readingForm.${outcome.outcome}`);
}

/** What the form of a reading asks: which number, how much, and when it stood there. */
export function readingFields(
  {
    timeZone,
    now,
    resource = "electricity",
    isSold = true,
  }: Omit<Read, "meterId"> & { readonly resource?: Resource; readonly isSold?: boolean },
  t: Translate,
): readonly FieldView[] {
  const choices = QUANTITIES.toReversed().filter((quantity) => isSold || quantity === "register");
  return [
    {
      kind: "one",
      name: "quantity",
      label: t("readingForm.quantity"),
      value: isSold ? "remaining" : "register",
      choices: choices.map((quantity) => ({
        value: quantity,
        label: t(
          resource === "electricity" ? `readingForm.${quantity}` : "readingForm.registerVolume",
        ),
      })),
    },
    {
      kind: "text",
      name: "value",
      label: t(resource === "electricity" ? "readingForm.value" : "readingForm.valueVolume"),
      hint: t("readingForm.valueHint"),
      isRequired: true,
      maxLength: 14,
      inputMode: "decimal",
    },
    {
      kind: "datetime-local",
      name: "at",
      label: t("readingForm.at"),
      hint: t("readingForm.atHint", { zone: timeZone }),
      value: civilTimeAt(now, timeZone),
      isRequired: true,
    },
  ];
}
