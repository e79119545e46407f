import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";

/** The name and currency of a new price list. */
export function NewTariffPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: {
    readonly backHref: string;
    /** The currency that the organization's buildings have; empty without one. */
    readonly currency: string;
    readonly currencies: readonly string[];
  };
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
}) {
  const { frame, view, action } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("tariffs.back")}
      </a>
      <h1 className="mt-2 text-title font-strong tracking-tight">{t("newTariff.title")}</h1>
      <div className="mt-1 grid max-w-reading gap-6">
        <p className="text-quiet">{t("newTariff.lead")}</p>
        <ActionForm
          action={action}
          view={{
            id: "new-tariff",
            isPrimary: true,
            submit: t("newTariff.submit"),
            fields: [
              {
                kind: "text",
                name: "name",
                label: t("newTariff.name"),
                hint: t("newTariff.nameHint"),
                maxLength: 80,
              },
              {
                kind: "one",
                name: "currency",
                label: t("newTariff.currency"),
                value: view.currency,
                none: t("newTariff.currencyNone"),
                choices: view.currencies.map((code) => ({ value: code, label: code })),
              },
            ],
          }}
        />
      </div>
    </ConsoleShell>
  );
}
