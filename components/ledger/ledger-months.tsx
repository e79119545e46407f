import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import { StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";

type Act = {
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
  readonly form: ActionFormView;
};

export type MonthsView = {
  readonly months: readonly {
    readonly key: string;
    readonly monthText: string;
    readonly isClosed: boolean;
    readonly stateText: string;
    readonly closedText: string;
    readonly sealText: string;
    readonly reopenedText: string;
  }[];
  /** Null for a role that may not, and where no month is over and open. */
  readonly close: (Act & { readonly title: string }) | null;
  readonly reopen: Act | null;
};

/** The months, the form that closes the next, and the one that opens the last again. */
export function LedgerMonths({ view, t }: { readonly view: MonthsView; readonly t: Translate }) {
  return (
    <section className="min-w-0">
      <h2 className="mb-3 text-lead font-strong">{t("ledger.months")}</h2>
      {view.months.length === 0 ? <p className="text-quiet">{t("ledger.noMonths")}</p> : null}
      <ul className="border-t border-line">
        {view.months.map((month) => (
          <li key={month.key} className="border-b border-line py-2.5">
            <div className="flex items-baseline justify-between gap-4">
              <span className="font-medium">{month.monthText}</span>
              <span className="flex items-center gap-2">
                {month.isClosed ? <StateMark kind="ok" /> : null}
                {month.stateText}
              </span>
            </div>
            {[month.closedText, month.sealText, month.reopenedText].map((text) =>
              text === "" ? null : (
                <p key={text} className="text-small text-quiet">
                  {text}
                </p>
              ),
            )}
          </li>
        ))}
      </ul>
      {view.close ? (
        <div className="mt-6">
          <h3 className="mb-1 font-strong">{view.close.title}</h3>
          <p className="mb-3 text-small text-quiet">{t("ledger.closeText")}</p>
          <ActionForm action={view.close.action} view={view.close.form} />
        </div>
      ) : null}
      {view.reopen ? (
        <div className="mt-4">
          <ActionForm action={view.reopen.action} view={view.reopen.form} />
        </div>
      ) : null}
    </section>
  );
}
