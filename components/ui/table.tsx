import type { ReactNode } from "react";

export type Column = {
  readonly key: string;
  readonly label: string;
  readonly isNumber?: boolean;
  /** Left out on a phone, where the row's head or a neighbour says the same in short. */
  readonly isWideOnly?: boolean;
};

export type Row = {
  readonly key: string;
  readonly cells: Readonly<Record<string, ReactNode>>;
};

/** A ruled list: the first column heads its row, figures stand at the end and line up. */
export function Table(props: {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly isCaptionHidden?: boolean;
}) {
  const { caption, columns, rows } = props;
  return (
    <table className="w-full border-collapse text-start">
      <caption
        className={props.isCaptionHidden ? "sr-only" : "pb-3 text-start text-lead font-strong"}
      >
        {caption}
      </caption>
      <thead>
        <tr className="border-b border-line text-small text-quiet">
          {columns.map((column) => (
            <th key={column.key} scope="col" className={`pb-2 font-normal ${cellClass(column)}`}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="break-inside-avoid border-b border-line align-top">
            {columns.map((column, index) => (
              <Cell key={column.key} column={column} isHead={index === 0}>
                {row.cells[column.key]}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell(props: {
  readonly column: Column;
  readonly isHead: boolean;
  readonly children: ReactNode;
}) {
  const className = `py-2.5 ${cellClass(props.column)}`;
  return props.isHead ? (
    <th scope="row" className={`font-medium ${className}`}>
      {props.children}
    </th>
  ) : (
    <td className={className}>{props.children}</td>
  );
}

/** Space between columns sits at their start, so that both outer edges align with the page. */
function cellClass(column: Column): string {
  // A figure goes to the next line between its words, never inside its digits.
  const figure = "text-end wrap-normal tablet:whitespace-nowrap [&_bdi]:wrap-normal";
  const side = column.isNumber ? figure : "text-start";
  const wide = column.isWideOnly ? "hidden tablet:table-cell print:table-cell" : "";
  return `ps-4 first:ps-0 ${side} ${wide}`;
}
