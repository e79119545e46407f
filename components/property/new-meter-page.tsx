import { ActionForm, type Choice } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";

type Action = (previous: FormState, form: FormData) => Promise<FormState>;

/** A claim on a number: what stands on the meter, each word with its meaning; or one only read. */
export function NewMeterPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: {
    readonly backHref: string;
    readonly keys: readonly Choice[];
    readonly resources: readonly string[];
  };
  readonly actions: { readonly sold: Action; readonly read: Action };
}) {
  const { frame, view, actions } = props;
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
            action={actions.sold}
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
        <section>
          <h2 className="text-lead font-strong">{t("newMeter.readTitle")}</h2>
          <p className="mt-1 mb-4 text-quiet">{t("newMeter.readLead")}</p>
          <ActionForm
            action={actions.read}
            view={{
              id: "new-read-meter",
              submit: t("newMeter.readSubmit"),
              fields: [
                {
                  kind: "text",
                  name: "number",
                  label: t("newMeter.readNumber"),
                  hint: t("newMeter.readNumberHint"),
                  maxLength: 64,
                },
                {
                  kind: "one",
                  name: "resource",
                  label: t("newMeter.resource"),
                  choices: view.resources.map((resource) => ({
                    value: resource,
                    label: t("newMeter.resourceName", { resource }),
                  })),
                },
              ],
            }}
          />
        </section>
      </div>
    </ConsoleShell>
  );
}
