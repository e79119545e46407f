import type { ReceiptSectionView } from "./receipt-view";

/** The sections of a receipt, each a list of what and how much. */
export function ReceiptSections(props: { readonly sections: readonly ReceiptSectionView[] }) {
  return (
    <div className="grid gap-4">
      {props.sections.map((section) => (
        <section key={section.key}>
          <h3 className="mb-1 font-medium">{section.title}</h3>
          <dl className="grid gap-1 text-small">
            {section.rows.map((row) => (
              <div
                key={row.key}
                className={`flex justify-between gap-4 ${
                  row.isTotal ? "border-t border-line pt-1 font-strong" : ""
                }`}
              >
                <dt className={`min-w-0 ${row.isTotal ? "" : "text-quiet"}`}>{row.label}</dt>
                <dd className="min-w-0 text-end">
                  <bdi
                    dir={row.isCode ? "ltr" : undefined}
                    className={row.isCode ? "font-mono" : ""}
                  >
                    {row.value}
                  </bdi>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
