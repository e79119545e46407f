import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { type Column, Table } from "@/components/ui/table";
import { SheetHead } from "./sheet-head";

type CellView = { readonly text: string; readonly href: string | null };

export type RowsPageView = {
  readonly title: string;
  /** The building and the month. */
  readonly placeText: string;
  /** When it was made, for print. */
  readonly printedText: string;
  readonly backHref: string;
  /** Where it goes back to; the sheet, where nothing is said. */
  readonly backLabel?: string;
  /** How the rows are to be read. */
  readonly noteText?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly {
    readonly key: string;
    readonly cells: Readonly<Record<string, CellView>>;
  }[];
  readonly sumLabel: string;
  readonly sumTexts: readonly string[];
  readonly previousHref: string | null;
  readonly nextHref: string | null;
};

/** What a figure is made of: its sum first, then the rows, so that both can be held together. */
export function RowsPage(props: { readonly frame: ConsoleFrame; readonly view: RowsPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <div className="mb-6">
        <SheetHead
          placeText={view.placeText}
          placeHref={null}
          title={view.title}
          printedText={view.printedText}
        >
          <p className="mt-1">
            {view.sumLabel}:{" "}
            <b className="font-strong">
              <bdi>{view.sumTexts.join(" · ")}</bdi>
            </b>
          </p>
        </SheetHead>
      </div>
      {view.rows.length === 0 ? (
        <EmptyState
          title={t("reconciliation.noRows")}
          text={t("reconciliation.noRowsText")}
          action={{ href: view.backHref, label: t("reconciliation.back") }}
        />
      ) : (
        <Table
          caption={view.title}
          isCaptionHidden
          columns={view.columns}
          rows={view.rows.map(({ key, cells }) => ({
            key,
            cells: Object.fromEntries(
              Object.entries(cells).map(([name, cell]) => [name, <Cell key={name} cell={cell} />]),
            ),
          }))}
        />
      )}
      {view.noteText ? <p className="mt-3 max-w-reading text-quiet">{view.noteText}</p> : null}
      <div className="mt-5 flex flex-wrap gap-3 print:hidden">
        <LinkButton href={view.backHref} size="console">
          {view.backLabel ?? t("reconciliation.back")}
        </LinkButton>
        {view.previousHref ? (
          <LinkButton href={view.previousHref} size="console">
            {t("reconciliation.previous")}
          </LinkButton>
        ) : null}
        {view.nextHref ? (
          <LinkButton href={view.nextHref} size="console">
            {t("reconciliation.next")}
          </LinkButton>
        ) : null}
      </div>
    </ConsoleShell>
  );
}

function Cell({ cell }: { readonly cell: CellView }) {
  if (cell.href === null) return <bdi>{cell.text}</bdi>;
  return (
    <a
      href={cell.href}
      className="underline decoration-line underline-offset-4 hover:decoration-ink"
    >
      <bdi>{cell.text}</bdi>
    </a>
  );
}
