import { ActionForm } from "@/components/ui/action-form";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";
import type { FoldedForm } from "./residents";

export type StayView = {
  readonly key: string;
  readonly unitText: string;
  readonly unitHref: string;
  readonly fromText: string;
  readonly untilText: string;
  readonly first: readonly string[];
  readonly last: readonly string[];
  /** Null for a meter that nothing is sold for. */
  readonly soldText: string | null;
};

export type MeterLifeView = {
  readonly title: string;
  readonly stays: readonly StayView[];
  /** What was left on it when it was taken out; null while it hangs somewhere. */
  readonly leftText: string | null;
  readonly closings: readonly FoldedForm[];
  readonly forms: readonly FoldedForm[];
};

/** Where a meter served, with what it showed at both ends and what was sold for it there. */
export function MeterStays({ view, t }: { readonly view: MeterLifeView; readonly t: Translate }) {
  return (
    <section>
      <h2 className="mb-3 text-lead font-strong">{view.title}</h2>
      {view.leftText ? <Notice kind="waiting" title={view.leftText} /> : null}
      {view.stays.length === 0 ? <p className="text-quiet">{t("meterLife.never")}</p> : null}
      <ol className="border-t border-line">
        {view.stays.map((stay) => (
          <li key={stay.key} className="border-b border-line py-3">
            <a href={stay.unitHref} className="font-medium hover:underline">
              <bdi>{stay.unitText}</bdi>
            </a>
            <dl className="mt-1 grid gap-x-6 text-small tablet:grid-cols-2">
              <End label={t("meterLife.from")} at={stay.fromText} told={stay.first} />
              <End label={t("meterLife.until")} at={stay.untilText} told={stay.last} />
            </dl>
            {stay.soldText ? (
              <p className="mt-1 text-small text-quiet">
                {t("meterLife.sold")}: <bdi>{stay.soldText}</bdi>
              </p>
            ) : null}
          </li>
        ))}
      </ol>
      <Forms forms={view.closings} />
    </section>
  );
}

function End(props: {
  readonly label: string;
  readonly at: string;
  readonly told: readonly string[];
}) {
  return (
    <div>
      <dt className="text-quiet">{props.label}</dt>
      <dd>
        <bdi>{props.at}</bdi>
        {props.told.map((text) => (
          <span key={text} className="block text-quiet">
            <bdi>{text}</bdi>
          </span>
        ))}
      </dd>
    </div>
  );
}

/** What the reader may do with the meter. */
export function Forms({ forms }: { readonly forms: readonly FoldedForm[] }) {
  return (
    <div className="mt-3 grid gap-2">
      {forms.map((form) => (
        <ActionForm key={form.view.id} {...form} />
      ))}
    </div>
  );
}

export type MeterReadingsView = {
  readonly monthText: string;
  readonly previousHref: string;
  readonly nextHref: string | null;
  readonly csvHref: string;
  readonly rows: readonly {
    readonly key: string;
    readonly atText: string;
    readonly valueText: string;
    readonly whoText: string;
    readonly stateText: string;
  }[];
};

/** A month of what the meter showed: who said so, and whether it counts. */
export function MeterReadings(props: { readonly view: MeterReadingsView; readonly t: Translate }) {
  const { view, t } = props;
  return (
    <section id="readings">
      <h2 className="mb-1 text-lead font-strong">
        {t("meterLife.readings", { month: view.monthText })}
      </h2>
      <nav aria-label={t("meterLife.months")} className="mb-3 flex flex-wrap gap-4 text-small">
        <a href={view.previousHref} className="underline">
          {t("meterLife.monthBefore")}
        </a>
        {view.nextHref ? (
          <a href={view.nextHref} className="underline">
            {t("meterLife.monthAfter")}
          </a>
        ) : null}
        <a href={view.csvHref} className="underline">
          {t("meterLife.csv")}
        </a>
      </nav>
      {view.rows.length === 0 ? (
        <p className="text-quiet">{t("meterLife.noReadings")}</p>
      ) : (
        <Table
          caption={t("meterLife.readings", { month: view.monthText })}
          isCaptionHidden
          columns={[
            { key: "at", label: t("meterLife.readAt") },
            { key: "value", label: t("meterLife.value"), isNumber: true },
            { key: "who", label: t("meterLife.who"), isWideOnly: true },
            { key: "state", label: t("meterLife.state") },
          ]}
          rows={view.rows.map(({ key, ...row }) => ({
            key,
            cells: {
              at: row.atText,
              value: <bdi>{row.valueText}</bdi>,
              who: row.whoText,
              state: row.stateText,
            },
          }))}
        />
      )}
    </section>
  );
}
