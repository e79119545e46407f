import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";

/** A month that has not begun, or what is none: the way to one that has. */
export function NoMonthPage(props: {
  readonly frame: ConsoleFrame;
  /** The building, and the way to the month that was last over. */
  readonly view: { readonly name: string; readonly href: string };
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <h1 className="mb-6 text-title font-strong tracking-tight">
        {t("reconciliation.title")}, <bdi>{view.name}</bdi>
      </h1>
      <EmptyState
        title={t("reconciliation.noMonth")}
        text={t("reconciliation.noMonthText")}
        action={{ href: view.href, label: t("reconciliation.back") }}
      />
    </ConsoleShell>
  );
}
