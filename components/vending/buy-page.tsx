import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { type HiddenField, HiddenFields } from "@/components/ui/hidden-fields";
import { Notice } from "@/components/ui/notice";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import { AmountChoice, type AmountView } from "./amount-choice";

export type BuyView = AmountView & {
  /** Posts `meter`, `choice` (one of the amounts, or "other") and `amount` (used with "other"). */
  readonly action: string;
  readonly fields: readonly HiddenField[];
  readonly meter: string;
  readonly meterError: string | null;
  /** A fault of the whole request, such as a price that ran out. */
  readonly refusal: string | null;
};

/** The first step of a purchase: which meter, how much. Nothing is charged here. */
export function BuyPage({ frame, view }: { readonly frame: PhoneFrame; readonly view: BuyView }) {
  const { t } = frame;
  return (
    <PhoneShell frame={frame}>
      <h1 className="text-title font-strong tracking-tight">{t("buy.title")}</h1>
      {view.refusal ? <Notice kind="refused" title={view.refusal} /> : null}
      <form method="post" action={view.action} className="flex grow flex-col gap-7 tablet:grow-0">
        <HiddenFields fields={view.fields} />
        <Field
          id="meter"
          name="meter"
          label={t("buy.meterNumber")}
          hint={t("buy.meterHint")}
          error={view.meterError}
          value={view.meter}
          inputMode="numeric"
          maxLength={30}
          isDigits
        />
        <AmountChoice view={view} t={t} />
        <div className="mt-auto grid gap-2 tablet:mt-0">
          <Button kind="primary" isWide>
            {t("buy.continue")}
          </Button>
          <p className="text-center text-small text-quiet">{t("buy.continueHint")}</p>
        </div>
      </form>
    </PhoneShell>
  );
}
