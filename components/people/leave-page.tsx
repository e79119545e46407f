import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { LinkButton } from "@/components/ui/link-button";
import type { FormAround } from "./form-around";

export type LeavePageView = {
  readonly organization: string;
  readonly stayHref: string;
  readonly inviteHref: string;
  readonly isLast: boolean;
  readonly leave: FormAround | null;
  /** Null where nobody could take over. */
  readonly handOver: FormAround | null;
};

/** The consequence stands in the question. */
export function LeavePage(props: { readonly frame: ConsoleFrame; readonly view: LeavePageView }) {
  const { frame, view } = props;
  const { t } = frame;
  const { organization } = view;
  return (
    <ConsoleShell frame={frame}>
      <div className="max-w-reading">
        <h1 className="text-title font-strong tracking-tight">
          {view.isLast ? t("leave.lastTitle") : t("leave.title", { organization })}
        </h1>
        <p className="mt-1 mb-6 text-lead text-quiet">
          {view.isLast ? t("leave.lastText", { organization }) : t("leave.text")}
        </p>
        {view.leave ? (
          <div className="flex flex-wrap items-start gap-3">
            <LinkButton href={view.stayHref} size="console" kind="primary">
              {t("leave.stay")}
            </LinkButton>
            <ActionForm {...view.leave} />
          </div>
        ) : null}
        {view.handOver ? (
          <section aria-labelledby="hand-over-title">
            <h2 id="hand-over-title" className="mb-4 text-lead font-strong">
              {t("leave.handOverTitle")}
            </h2>
            <ActionForm {...view.handOver} />
          </section>
        ) : null}
        {view.isLast && !view.handOver ? (
          <>
            <p className="mb-4">{t("leave.nobody")}</p>
            <LinkButton href={view.inviteHref} size="console" kind="primary">
              {t("leave.invite")}
            </LinkButton>
          </>
        ) : null}
      </div>
    </ConsoleShell>
  );
}
