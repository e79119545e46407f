import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";

export type ReadingsPageView = {
  readonly waiting: { readonly href: string; readonly count: number };
  readonly rounds: readonly { readonly href: string; readonly name: string }[];
  /** Null for who does not let gateways in. */
  readonly gatewaysHref: string | null;
  readonly upload: (previous: FormState, form: FormData) => Promise<FormState>;
};

const SHEET = "Meter number;Kind;Value;Read at\r\n";

/** The ways in which readings come, and those that wait. */
export function ReadingsPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: ReadingsPageView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title font-strong tracking-tight">{t("readings.title")}</h1>
        <div className="flex flex-wrap gap-3">
          {view.gatewaysHref ? (
            <LinkButton href={view.gatewaysHref} size="console">
              {t("readings.gateways")}
            </LinkButton>
          ) : null}
          <LinkButton
            href={view.waiting.href}
            size="console"
            kind={view.waiting.count > 0 ? "primary" : "plain"}
          >
            {t("readings.waiting", { count: view.waiting.count })}
          </LinkButton>
        </div>
      </div>
      <div className="grid items-start gap-x-12 gap-y-8 desk:grid-cols-2">
        <section aria-labelledby="rounds">
          <h2 id="rounds" className="mb-1 text-lead font-strong">
            {t("readings.rounds")}
          </h2>
          <p className="mb-3 text-quiet">{t("readings.roundsText")}</p>
          <ul className="border-t border-line">
            {view.rounds.map((round) => (
              <li key={round.href} className="border-b border-line">
                <a
                  href={round.href}
                  className="flex min-h-11 items-center break-words hover:underline"
                >
                  {round.name}
                </a>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="sheet">
          <h2 id="sheet" className="mb-1 text-lead font-strong">
            {t("readings.sheet")}
          </h2>
          <p className="mb-3 text-quiet">{t("readings.sheetText")}</p>
          <p className="mb-4">
            <a
              href={`data:text/csv;charset=utf-8,${encodeURIComponent(SHEET)}`}
              download="readings.csv"
              className="underline decoration-line underline-offset-4 hover:decoration-ink"
            >
              {t("readings.sample")}
            </a>
          </p>
          <ActionForm
            action={view.upload}
            view={{
              id: "upload-readings",
              submit: t("readings.upload"),
              isPrimary: true,
              fields: [
                {
                  kind: "file",
                  name: "sheet",
                  label: t("readings.file"),
                  hint: t("readings.fileHint"),
                  accept: ".csv,.txt,text/csv",
                  isRequired: true,
                },
              ],
            }}
          />
        </section>
      </div>
    </ConsoleShell>
  );
}
