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
    <table className="ruled">
      <caption
        className={props.isCaptionHidden ? "sr-only" : "pb-3 text-start text-lead font-strong"}
      >
        {caption}
      </caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={cellClass(column)}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
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
  const className = cellClass(props.column);
  return props.isHead ? (
    <th scope="row" className={className}>
      {props.children}
    </th>
  ) : (
    <td className={className}>{props.children}</td>
  );
}

/** How a column stands (table.css); nothing where it stands plainly. */
function cellClass({ isNumber, isWideOnly }: Column): string | undefined {
  return [isNumber && "figure", isWideOnly && "wide"].filter(Boolean).join(" ") || undefined;
}
