import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import { type Column, type Row, Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";
import { UsageChart, type UsageChartView } from "./usage-chart";

type ChoiceView = { readonly href: string; readonly label: string; readonly isCurrent: boolean };

export type BoughtAgainstUsedView = {
  readonly sentence: string;
  readonly scales: readonly ChoiceView[];
  /** Electricity, water, gas; none where there is nothing to choose. */
  readonly resources: readonly ChoiceView[];
  readonly chart: UsageChartView;
  readonly legend: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly csvHref: string;
  /** Null for a role that enters no readings, and where there is no meter. */
  readonly form: {
    readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
    readonly view: ActionFormView;
  } | null;
};

/** What was bought and used: a sentence, the chart, its table folded behind, and as CSV. */
export function BoughtAgainstUsed(props: {
  readonly view: BoughtAgainstUsedView;
  readonly t: Translate;
}) {
  const { view, t } = props;
  return (
    <section id="usage" aria-labelledby="usage-title" className="mt-8 border-t border-line pt-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="usage-title" className="text-lead font-strong">
          {t("usage.title")}
        </h2>
        <div className="flex flex-wrap gap-x-8">
          <Choices label={t("usage.kind")} choices={view.resources} />
          <Choices label={t("usage.period")} choices={view.scales} />
        </div>
      </div>
      <p className="mt-1 mb-4 max-w-reading">{view.sentence}</p>
      <UsageChart view={view.chart} />
      <p className="mt-2 text-small text-quiet">{view.legend}</p>
      <div className="mt-3 grid gap-1">
        <details>
          <summary className="min-h-9 cursor-pointer py-1.5 font-medium">
            {t("usage.table")}
          </summary>
          <div className="overflow-x-auto pt-2 pb-4">
            <Table
              caption={t("usage.table")}
              isCaptionHidden
              columns={view.columns}
              rows={view.rows}
            />
          </div>
        </details>
        {view.form ? <ActionForm action={view.form.action} view={view.form.view} /> : null}
        <p>
          <a
            href={view.csvHref}
            className="inline-block py-1.5 underline decoration-line underline-offset-4
              hover:decoration-ink"
          >
            {t("usage.csv")}
          </a>
        </p>
      </div>
    </section>
  );
}

function Choices(props: { readonly label: string; readonly choices: readonly ChoiceView[] }) {
  if (props.choices.length === 0) return null;
  return (
    <nav aria-label={props.label} className="flex gap-4">
      {props.choices.map((choice) => (
        <a
          key={choice.href}
          href={choice.href}
          aria-current={choice.isCurrent ? "page" : undefined}
          className={`py-1.5 ${
            choice.isCurrent
              ? "border-b-2 border-glow font-medium"
              : "text-quiet hover:text-ink hover:underline"
          }`}
        >
          {choice.label}
        </a>
      ))}
    </nav>
  );
}
