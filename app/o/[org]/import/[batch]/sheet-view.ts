import type { SheetView } from "@/components/onboarding/sheet-table";
import type { Translate } from "@/components/ui/translate";
import type { SheetPage } from "@/lib/onboarding";
import { columnLetters, type Fault } from "@/lib/onboarding/shared";

/** What is wrong, in words. */
export function faultText(fault: Fault, t: Translate): string {
  const { code, row, hint = "" } = fault;
  return t(`importFault.${code}`, { row: row === undefined ? "" : String(row), hint });
}

/**
 * The sheet as it stands in the file. A fault of a column that the file does not have is told in
 * the row's first cell, with the column's name.
 */
export function sheetView(
  page: SheetPage,
  { hrefOf, t }: { readonly hrefOf: ((row: number) => string) | null; readonly t: Translate },
): SheetView {
  const { batch, rows, chosen } = page;
  return {
    headingRow: batch.headingRow,
    headings: batch.headings.map((heading, place) => {
      const column = batch.mapping[place] ?? null;
      const letter = columnLetters(place);
      return { letter, heading, columnText: column && t(`importColumn.${column}`) };
    }),
    rows: rows.map(({ number, cells, faults }) => ({
      number,
      href: hrefOf ? hrefOf(number) : null,
      isChosen: chosen?.number === number,
      cells: cells.map((text, place) => ({
        place,
        text,
        faultText: textAt(place, { faults, mapping: batch.mapping, t }),
      })),
    })),
  };
}

function textAt(
  place: number,
  context: {
    readonly faults: readonly Fault[];
    readonly mapping: SheetPage["batch"]["mapping"];
    readonly t: Translate;
  },
): string | null {
  const { faults, mapping, t } = context;
  const here = faults.filter(({ column }) => column === mapping[place]);
  const nowhere = place === 0 ? faults.filter(({ column }) => !mapping.includes(column)) : [];
  const texts = [
    ...here.map((fault) => faultText(fault, t)),
    ...nowhere.map((fault) => `${t(`importColumn.${fault.column}`)}: ${faultText(fault, t)}`),
  ];
  return texts.length === 0 ? null : texts.join(" ");
}
