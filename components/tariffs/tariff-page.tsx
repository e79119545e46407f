import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { type MarkKind, StateMark } from "@/components/ui/state-mark";
import { Comparison } from "./comparison";
import type { ComparisonView } from "./editor-state";

type VersionState = "inForce" | "ahead" | "over" | "waiting" | "withdrawn";

export type TariffPageView = {
  readonly backHref: string;
  /** Null for who may only look. */
  readonly newHref: string | null;
  readonly name: string;
  readonly currency: string;
  readonly usedByText: string;
  readonly doneText: string | null;
  /** Sentences; none where no version has started. */
  readonly inForce: readonly string[];
  readonly comparison: ComparisonView | null;
  readonly versions: readonly {
    readonly id: string;
    readonly startsText: string;
    readonly saidText: string;
    readonly madeText: string;
    /** For one that waits: what it would cost beside the published tariff. */
    readonly comparison: ComparisonView | null;
    readonly state: VersionState;
    readonly withdraw: ((previous: FormState, form: FormData) => Promise<FormState>) | null;
  }[];
};

const MARKS: Readonly<Record<VersionState, MarkKind>> = {
  inForce: "ok",
  ahead: "note",
  over: "note",
  waiting: "waiting",
  withdrawn: "refused",
};

/** A price list in words, beside what is published, with every version it ever had. */
export function TariffPage(props: { readonly frame: ConsoleFrame; readonly view: TariffPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("tariffs.back")}
      </a>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title font-strong tracking-tight">
          <bdi>{view.name}</bdi>
        </h1>
        {view.newHref ? (
          <LinkButton href={view.newHref} size="console" kind="primary">
            {t("tariffs.newVersion")}
          </LinkButton>
        ) : null}
      </div>
      <p className="mt-1 text-quiet">
        {view.currency} · <bdi>{view.usedByText}</bdi>
      </p>
      <div className="mt-6 grid gap-10">
        {view.doneText ? <Notice kind="ok" title={view.doneText} /> : null}
        <section aria-labelledby="in-force" className="max-w-reading">
          <h2 id="in-force" className="text-lead font-strong">
            {t("tariffs.inForce")}
          </h2>
          <p className="mt-1">{view.inForce.join(" ") || t("tariffs.noPriceText")}</p>
        </section>
        {view.comparison ? <Comparison view={view.comparison} /> : null}
        <Versions {...props} />
      </div>
    </ConsoleShell>
  );
}

function Versions({ frame, view }: Parameters<typeof TariffPage>[0]) {
  const { t } = frame;
  if (view.versions.length === 0) return null;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions" className="pb-3 text-lead font-strong">
        {t("tariffs.versions")}
      </h2>
      <ol className="border-t border-line">
        {view.versions.map((version) => (
          <li
            key={version.id}
            className="grid gap-x-8 gap-y-1 border-b border-line py-3 tablet:grid-cols-[14rem_1fr]"
          >
            <div>
              <p className="font-medium">{version.startsText}</p>
              <p className="mt-0.5 flex items-center gap-2 text-small">
                <StateMark kind={MARKS[version.state]} />
                {t(`tariffs.state-${version.state}`)}
              </p>
            </div>
            <div className="min-w-0">
              <p className="max-w-reading">{version.saidText}</p>
              <p className="mt-1 text-small text-quiet">{version.madeText}</p>
              {version.comparison ? (
                <div className="mt-4">
                  <Comparison view={version.comparison} />
                </div>
              ) : null}
              {version.withdraw ? (
                <div className="mt-2">
                  <ActionForm
                    action={version.withdraw}
                    view={{
                      id: `version-off-${version.id}`,
                      fields: [],
                      submit: t("tariffs.withdraw"),
                    }}
                  />
                </div>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
