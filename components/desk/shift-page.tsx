import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";
import type { DeskForm } from "./form-view";

export type ShiftPageView = {
  readonly backHref: string;
  readonly titleText: string;
  readonly leadText: string;
  /** What it adds up to; empty before a count stands. */
  readonly sums: readonly {
    readonly key: string;
    readonly label: string;
    readonly text: string;
    readonly isTotal: boolean;
  }[];
  readonly difference: { readonly isNone: boolean; readonly text: string } | null;
  readonly reasonText: string | null;
  readonly counts: readonly { readonly key: string; readonly text: string }[];
  readonly blindText: string | null;
  readonly count: DeskForm | null;
  readonly close: DeskForm | null;
  readonly rows: readonly {
    readonly key: string;
    readonly whatText: string;
    /** What it opens to; null for what is about no purchase. */
    readonly href: string | null;
    readonly atText: string;
    readonly noteText: string;
    readonly amountText: string;
  }[];
  /** Null before a count stands. */
  readonly csvHref: string | null;
};

/** A shift: its cash-up while it lasts, its report for ever after. */
export function ShiftPage(props: { readonly frame: ConsoleFrame; readonly view: ShiftPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  const columns = [
    { key: "what", label: t("desk.what") },
    { key: "at", label: t("desk.at"), isWideOnly: true },
    { key: "note", label: t("desk.note"), isWideOnly: true },
    { key: "amount", label: t("desk.amount"), isNumber: true },
  ];
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline print:hidden">
        {t("desk.back")}
      </a>
      <h1 className="mt-2 text-title font-strong tracking-tight">
        <bdi>{view.titleText}</bdi>
      </h1>
      <p className="mt-1 mb-6 text-quiet">{view.leadText}</p>
      <div className="grid items-start gap-x-12 gap-y-8 desk:grid-cols-[24rem_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-6">
          {view.blindText ? <p className="max-w-reading text-quiet">{view.blindText}</p> : null}
          <Sums view={view} t={t} />
          {view.close ? <ActionForm {...view.close} /> : null}
          {view.count ? <ActionForm {...view.count} /> : null}
          {view.csvHref ? (
            <p className="print:hidden">
              <a href={view.csvHref} className="text-small text-quiet underline hover:text-ink">
                {t("sales.csv")}
              </a>
            </p>
          ) : null}
        </div>
        <div className="min-w-0">
          <Table caption={t("desk.rows")} columns={columns} rows={view.rows.map(rowOf)} />
        </div>
      </div>
    </ConsoleShell>
  );
}

const rowOf = (row: ShiftPageView["rows"][number]) => ({
  key: row.key,
  cells: {
    what: row.href ? (
      <a href={row.href} className="underline decoration-line underline-offset-4">
        <bdi>{row.whatText}</bdi>
      </a>
    ) : (
      row.whatText
    ),
    at: row.atText,
    note: <bdi>{row.noteText}</bdi>,
    amount: <bdi>{row.amountText}</bdi>,
  },
});

function Sums({ view, t }: { readonly view: ShiftPageView; readonly t: Translate }) {
  if (view.sums.length === 0) return null;
  return (
    <section aria-labelledby="sums" className="grid gap-3">
      <h2 id="sums" className="text-lead font-strong">
        {t("desk.sums")}
      </h2>
      <dl className="grid gap-1.5">
        {view.sums.map((sum) => (
          <div
            key={sum.key}
            className={`flex justify-between gap-4 ${
              sum.isTotal ? "border-t border-edge pt-1.5 font-strong" : ""
            }`}
          >
            <dt className="min-w-0">{sum.label}</dt>
            <dd className="whitespace-nowrap">
              <bdi>{sum.text}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {view.difference ? (
        <Notice kind={view.difference.isNone ? "ok" : "refused"} title={view.difference.text}>
          {view.reasonText ? <bdi>{view.reasonText}</bdi> : null}
        </Notice>
      ) : null}
      {view.counts.length > 1 ? (
        <ol className="text-small text-quiet">
          {view.counts.map((count) => (
            <li key={count.key}>{count.text}</li>
          ))}
        </ol>
      ) : null}
    </section>
  );
}
