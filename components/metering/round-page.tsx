import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormState } from "@/components/ui/form-state";

/** A round through a building: what is left empty was not read. */
export function RoundPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: {
    readonly backHref: string;
    readonly title: string;
    readonly isEmpty: boolean;
    readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
    readonly form: ActionFormView;
  };
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("readings.title")}
      </a>
      <h1 className="mt-2 mb-1 text-title font-strong tracking-tight">{view.title}</h1>
      {view.isEmpty ? (
        <EmptyState title={t("round.empty")} text={t("round.emptyText")} />
      ) : (
        <div className="max-w-reading">
          <p className="mb-4 text-quiet">{t("round.text")}</p>
          <ActionForm action={view.action} view={view.form} />
        </div>
      )}
    </ConsoleShell>
  );
}
