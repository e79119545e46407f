import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormState } from "@/components/ui/form-state";
import { StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";

type Action = (previous: FormState, form: FormData) => Promise<FormState>;

export type WaitingView = {
  readonly id: string;
  readonly title: string;
  readonly unitHref: string | null;
  readonly meterText: string;
  readonly quantityText: string;
  readonly why: string;
  readonly who: string;
  readonly values: readonly {
    readonly key: string;
    readonly label: string;
    readonly atText: string;
    readonly valueText: string;
    readonly isThis: boolean;
  }[];
  readonly keep: Action;
  readonly drop: Action;
};

/** Readings that wait for a person, each beside what was read around it. */
export function WaitingPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: { readonly backHref: string; readonly readings: readonly WaitingView[] };
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("readings.title")}
      </a>
      <h1 className="mt-2 mb-4 text-title font-strong tracking-tight">
        {t("readingsWaiting.title")}
      </h1>
      {view.readings.length === 0 ? (
        <EmptyState
          title={t("readingsWaiting.empty")}
          text={t("readingsWaiting.emptyText")}
          action={{ href: view.backHref, label: t("readingsWaiting.back") }}
        />
      ) : (
        <>
          <p className="mb-4 max-w-reading text-quiet">{t("readingsWaiting.text")}</p>
          <ul className="border-t border-line">
            {view.readings.map((reading) => (
              <li key={reading.id} className="border-b border-line py-5">
                <Waiting reading={reading} t={t} />
              </li>
            ))}
          </ul>
        </>
      )}
    </ConsoleShell>
  );
}

function Waiting({ reading, t }: { readonly reading: WaitingView; readonly t: Translate }) {
  const { id, unitHref, title } = reading;
  return (
    <article aria-labelledby={`waiting-${id}`}>
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h2 id={`waiting-${id}`} className="text-lead font-strong">
          {unitHref ? (
            <a href={unitHref} className="hover:underline">
              {title}
            </a>
          ) : (
            title
          )}
        </h2>
        <span className="font-mono text-small">{reading.meterText}</span>
        <span className="text-quiet">{reading.quantityText}</span>
      </div>
      <p className="mt-1 flex items-center gap-2">
        <StateMark kind="refused" /> {reading.why}
      </p>
      <dl className="my-3 grid max-w-reading gap-1">
        {reading.values.map((value) => (
          <div
            key={value.key}
            className={`grid grid-cols-[7rem_1fr_auto] gap-3 ${value.isThis ? "font-strong" : ""}`}
          >
            <dt className={value.isThis ? "" : "text-quiet"}>{value.label}</dt>
            <dd>{value.atText}</dd>
            <dd className="text-end tabular-nums">{value.valueText}</dd>
          </div>
        ))}
      </dl>
      <p className="mb-3 text-small text-quiet">{reading.who}</p>
      <div className="flex flex-wrap gap-3">
        <ActionForm
          action={reading.keep}
          view={{ id: `keep-${id}`, fields: [], submit: t("readingsWaiting.keep") }}
        />
        <ActionForm
          action={reading.drop}
          view={{ id: `drop-${id}`, fields: [], submit: t("readingsWaiting.drop") }}
        />
      </div>
    </article>
  );
}
