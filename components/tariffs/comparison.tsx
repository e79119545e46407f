import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import type { ComparisonView } from "./editor-state";

/** What a month costs here and by the published tariff; a month above it is marked by a word. */
export function Comparison({ view }: { readonly view: ComparisonView }) {
  const { texts } = view;
  return (
    <section aria-label={texts.compared} className="grid max-w-reading gap-3">
      <Notice kind={view.isAbove ? "waiting" : "ok"} title={view.title}>
        {view.text}
      </Notice>
      <Table
        caption={texts.compared}
        columns={[
          { key: "energy", label: texts.month },
          { key: "own", label: texts.own, isNumber: true },
          { key: "reference", label: texts.reference, isNumber: true },
          { key: "difference", label: texts.difference, isNumber: true },
        ]}
        rows={view.months.map((month) => ({
          key: month.key,
          cells: {
            energy: month.energyText,
            own: month.ownText,
            reference: month.referenceText,
            difference: (
              <span className={month.isAbove ? "font-medium text-brick" : ""}>
                {month.differenceText}
              </span>
            ),
          },
        }))}
      />
    </section>
  );
}
