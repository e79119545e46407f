import { type MarkKind, StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";

export type ShiftRowView = {
  readonly key: string;
  readonly href: string;
  readonly titleText: string;
  readonly personText: string;
  readonly timeText: string;
  readonly mark: MarkKind;
  readonly stateText: string;
};

/** Shifts, the newest first; each opens to its report. */
export function ShiftList(props: {
  readonly rows: readonly ShiftRowView[];
  readonly olderHref: string | null;
  readonly t: Translate;
}) {
  const { rows, t } = props;
  return (
    <section aria-labelledby="shifts" className="min-w-0">
      <h2 id="shifts" className="mb-2 text-lead font-strong">
        {t("desk.shifts")}
      </h2>
      {rows.length === 0 ? <p className="text-quiet">{t("desk.noShifts")}</p> : null}
      <ul className={rows.length === 0 ? "" : "border-t border-line"}>
        {rows.map((row) => (
          <li key={row.key} className="border-b border-line">
            <a
              href={row.href}
              className="grid gap-x-6 gap-y-0.5 py-2.5 hover:bg-stone tablet:grid-cols-3"
            >
              <span className="min-w-0">
                <bdi className="font-medium">{row.titleText}</bdi>
                <bdi className="block text-small text-quiet">{row.personText}</bdi>
              </span>
              <span className="text-small text-quiet tablet:text-body">{row.timeText}</span>
              <span className="inline-flex items-center gap-2 tablet:justify-self-end">
                <StateMark kind={row.mark} />
                <bdi>{row.stateText}</bdi>
              </span>
            </a>
          </li>
        ))}
      </ul>
      {props.olderHref ? (
        <p className="mt-3">
          <a href={props.olderHref} className="underline underline-offset-4">
            {t("desk.olderShifts")}
          </a>
        </p>
      ) : null}
    </section>
  );
}
