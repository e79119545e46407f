import type { Translate } from "@/components/ui/translate";

export type SheetCellView = {
  readonly place: number;
  readonly text: string;
  /** What is wrong with it, as a sentence. */
  readonly faultText: string | null;
};
export type SheetRowView = {
  readonly number: number;
  readonly href: string | null;
  readonly isChosen: boolean;
  readonly cells: readonly SheetCellView[];
};
export type SheetView = {
  readonly headings: readonly {
    readonly letter: string;
    readonly heading: string;
    /** Which of our columns it is; null for one that is not taken over. */
    readonly columnText: string | null;
  }[];
  readonly headingRow: number;
  readonly rows: readonly SheetRowView[];
};

const EDGE = "border-e border-b border-line px-2.5 py-1.5 text-start align-top";
const HEAD = `${EDGE} bg-stone font-normal`;

/**
 * The sheet itself as it stands in the file: its letters, its numbers, its words. What is wrong is
 * marked in its cell by a corner and said beneath it. Every row has a link, to where it is
 * corrected or to itself: so what is scrolled is reached by keyboard.
 */
export function SheetTable(props: { readonly view: SheetView; readonly t: Translate }) {
  const { view, t } = props;
  return (
    <section aria-label={t("import.sheet")} className="overflow-x-auto">
      <table className="border-separate border-spacing-0 border-s border-t border-line text-small">
        <caption className="sr-only">{t("import.sheet")}</caption>
        <thead>
          <tr>
            <td className={`${HEAD} sticky start-0 z-10`} />
            {view.headings.map(({ letter }) => (
              <td key={letter} className={`${HEAD} text-center text-quiet`}>
                {letter}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="col" className={`${HEAD} sticky start-0 z-10 text-quiet tabular-nums`}>
              <span className="sr-only">{t("import.row")} </span>
              {view.headingRow}
            </th>
            {view.headings.map(({ letter, heading, columnText }) => (
              <th key={letter} scope="col" className={`${HEAD} whitespace-nowrap`}>
                <span className="block font-medium">{heading || t("import.noHeading")}</span>
                {columnText === heading ? null : (
                  <span className="block text-quiet">{columnText ?? t("import.mapNone")}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row) => (
            <Row key={row.number} row={row} t={t} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row, t }: { readonly row: SheetRowView; readonly t: Translate }) {
  const isFaulty = row.cells.some(({ faultText }) => faultText !== null);
  return (
    <tr id={`row-${row.number}`} className={row.isChosen ? "bg-glow-soft" : ""}>
      <th scope="row" className={`${HEAD} sticky start-0 z-10 tabular-nums`}>
        <a
          href={row.href ?? `#row-${row.number}`}
          aria-label={
            row.href
              ? t("import.correctRow", { row: String(row.number) })
              : `${t("import.row")} ${row.number}`
          }
          className={`underline-offset-4 ${row.href ? "underline" : "hover:underline"} ${
            isFaulty ? "font-strong text-brick" : ""
          }`}
        >
          {row.number}
        </a>
      </th>
      {row.cells.map((cell) => (
        <Cell key={cell.place} cell={cell} />
      ))}
    </tr>
  );
}

function Cell({ cell: { text, faultText } }: { readonly cell: SheetCellView }) {
  if (faultText === null) {
    return (
      <td className={EDGE}>
        <span dir="auto" className="block max-w-64 truncate whitespace-nowrap">
          {text}
        </span>
      </td>
    );
  }
  return (
    <td className={`${EDGE} relative min-w-48 bg-brick-soft`}>
      <svg viewBox="0 0 8 8" aria-hidden="true" className="absolute end-0 top-0 size-2.5">
        <path d="M0 0h8v8Z" className="fill-brick" />
      </svg>
      <span dir="auto" className="block max-w-64 break-words font-medium">
        {text || "\u00a0"}
      </span>
      <span className="block text-brick">{faultText}</span>
    </td>
  );
}
