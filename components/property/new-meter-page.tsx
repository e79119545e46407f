import { ActionForm, type Choice } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

/** A claim on a number: what stands on the meter, each word with its meaning. */
export function NewMeterPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: { readonly backHref: string; readonly keys: readonly Choice[] };
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
}) {
  const { frame, view, action } = props;
  const { t } = frame;
  const [only] = view.keys;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("ownMeter.back")}
      </a>
      <h1 className="mt-2 text-title font-strong tracking-tight">{t("newMeter.title")}</h1>
      <div className="mt-1 grid max-w-reading gap-6">
        <p className="text-quiet">{t("newMeter.lead")}</p>
        {only ? (
          <ActionForm
            action={action}
            view={{
              id: "new-meter",
              isPrimary: true,
              submit: t("newMeter.submit"),
              fields: [
                {
                  kind: "text",
                  name: "meterNumber",
                  label: t("newMeter.number"),
                  hint: t("newMeter.numberHint"),
                  maxLength: 64,
                },
                {
                  kind: "one",
                  name: "vendingKeyId",
                  label: t("newMeter.key"),
                  hint: t("newMeter.keyHint"),
                  choices: view.keys,
                  ...(view.keys.length > 1
                    ? { none: t("newMeter.keyNone") }
                    : { value: only.value }),
                },
                {
                  kind: "text",
                  name: "tariffIndex",
                  label: t("newMeter.tariffIndex"),
                  hint: t("newMeter.tariffIndexHint"),
                  value: "1",
                  maxLength: 2,
                },
              ],
            }}
          />
        ) : (
          <Notice kind="refused" title={t("newMeter.noKey")}>
            {t("newMeter.noKeyText")}
          </Notice>
        )}
      </div>
    </ConsoleShell>
  );
}
