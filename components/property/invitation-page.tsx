import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { InvitationForm, type InvitationState } from "./invitation-form";

export type InvitationPageView = {
  readonly unit: { readonly label: string; readonly href: string };
  /** Null for a vacant unit: there is nobody to invite. */
  readonly residentName: string | null;
  /** Until when the last printed one works, and who made it; null where none is open. */
  readonly openText: string | null;
  readonly action: ((previous: InvitationState, form: FormData) => Promise<InvitationState>) | null;
};

/** Makes the sheet of paper with which a resident joins. */
export function InvitationPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: InvitationPageView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <div className="print:hidden">
        <a href={view.unit.href} className="text-quiet hover:text-ink hover:underline">
          {t("purchase.back", { unit: view.unit.label })}
        </a>
        <h1 className="mt-2 text-title font-strong tracking-tight">
          {t("printedInvitation.title")}
        </h1>
      </div>
      {view.action === null || view.residentName === null ? (
        <div className="mt-6">
          <EmptyState
            title={t("printedInvitation.vacant")}
            text={t("printedInvitation.vacantText")}
            action={{ href: view.unit.href, label: t("purchase.back", { unit: view.unit.label }) }}
          />
        </div>
      ) : (
        <InvitationForm
          action={view.action}
          words={{
            lead: t("printedInvitation.lead", { name: view.residentName }),
            replaces: view.openText,
            make: t("printedInvitation.make"),
            once: t("printedInvitation.once"),
            onceText: t("printedInvitation.onceText"),
            print: t("printedInvitation.print"),
            sheetTitle: t("printedInvitation.sheetTitle"),
            sheetFor: t("printedInvitation.sheetFor"),
            sheetUnit: t("printedInvitation.sheetUnit"),
            stepScan: t("printedInvitation.stepScan"),
            stepOpen: t("printedInvitation.stepOpen"),
            stepCode: t("printedInvitation.stepCode"),
            stepName: t("printedInvitation.stepName"),
            code: t("printedInvitation.code"),
            until: t("printedInvitation.until"),
            qr: t("printedInvitation.qr"),
            keep: t("printedInvitation.keep"),
          }}
        />
      )}
    </ConsoleShell>
  );
}
