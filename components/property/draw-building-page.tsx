import { ActionForm, type FieldView } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";

export type DrawBuildingView = {
  readonly backHref: string;
  /** Where a tariff is added; null where there is one to choose. */
  readonly tariffHref: string | null;
  /** The building that grows; without it a new one is drawn. */
  readonly building?: string;
  readonly fields: readonly FieldView[];
};

/** Floors and doors of a building: of a new one, or more of them. */
export function DrawBuildingPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: DrawBuildingView;
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
}) {
  const { frame, view, action } = props;
  const { t } = frame;
  const { building } = view;
  const words =
    building === undefined
      ? {
          id: "new-building",
          back: t("drawBuilding.back"),
          title: t("drawBuilding.title"),
          lead: t("drawBuilding.lead"),
          submit: t("drawBuilding.submit"),
        }
      : {
          id: "more-units",
          back: building,
          title: t("drawBuilding.moreTitle"),
          lead: t("drawBuilding.moreLead", { building }),
          submit: t("drawBuilding.moreSubmit"),
        };
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        <bdi>{words.back}</bdi>
      </a>
      <h1 className="mt-2 text-title font-strong tracking-tight">{words.title}</h1>
      <div className="mt-1 grid max-w-reading gap-6">
        <p className="text-quiet">{words.lead}</p>
        {view.tariffHref ? (
          <Notice kind="note" title={t("drawBuilding.noTariff")}>
            <LinkButton href={view.tariffHref} size="console">
              {t("drawBuilding.addTariff")}
            </LinkButton>
          </Notice>
        ) : (
          <ActionForm
            action={action}
            view={{ id: words.id, isPrimary: true, submit: words.submit, fields: view.fields }}
          />
        )}
      </div>
    </ConsoleShell>
  );
}
