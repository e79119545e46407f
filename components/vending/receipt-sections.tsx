import type { ReceiptRowView, ReceiptSectionView } from "./receipt-view";

/** The sections of a receipt, each a list of what and how much. */
export function ReceiptSections(props: {
  readonly sections: readonly ReceiptSectionView[];
  /** How deep the titles stand on the page. */
  readonly heading: "h2" | "h3";
}) {
  const Heading = props.heading;
  return (
    <div className="grid gap-4">
      {props.sections.map((section) => (
        <section key={section.key}>
          <Heading className="mb-1 font-medium">{section.title}</Heading>
          <dl className="grid gap-1 text-small">
            {section.rows.map((row) => (
              <Row key={row.key} row={row} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

/** A label keeps its words whole, an amount stays on its line; a long reference takes its own. */
function Row({ row }: { readonly row: ReceiptRowView }) {
  const total = row.isTotal ? "border-t border-line pt-1 font-strong" : "";
  return (
    <div className={`flex justify-between gap-x-4 ${row.isCode ? "flex-wrap" : ""} ${total}`}>
      <dt className={row.isTotal ? "" : "text-quiet"}>{row.label}</dt>
      {row.isProse || row.isCode ? (
        <dd className="min-w-0 text-end">
          <bdi {...(row.isCode ? { dir: "ltr", className: "font-mono" } : {})}>{row.value}</bdi>
        </dd>
      ) : (
        <dd className="text-end whitespace-nowrap">
          <bdi>{row.value}</bdi>
        </dd>
      )}
    </div>
  );
}
