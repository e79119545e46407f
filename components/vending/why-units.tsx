import type { Translate } from "@/components/ui/translate";

export type WhyView = {
  readonly title: string;
  /** The main reason, in one sentence. */
  readonly sentence: string;
  readonly rows: readonly {
    readonly key: string;
    readonly label: string;
    readonly thenText: string;
    readonly nowText: string;
    /** With its sign. */
    readonly energyText: string;
  }[];
  readonly total: {
    readonly thenText: string;
    readonly nowText: string;
    readonly energyText: string;
  };
};

/** This purchase beside the one before: a sentence, and the table that it stands on. */
export function WhyUnits({ why, t }: { readonly why: WhyView; readonly t: Translate }) {
  const { total } = why;
  return (
    <section className="print:hidden">
      <h2 className="text-lead font-strong">{why.title}</h2>
      <p className="mt-1">{why.sentence}</p>
      {why.rows.length === 0 ? null : (
        <table className="mt-3 w-full text-small">
          <caption className="sr-only">{t("why.caption")}</caption>
          <thead>
            <tr className="border-b border-edge text-quiet">
              <Head text={t("why.what")} isFirst />
              <Head text={t("why.then")} />
              <Head text={t("why.now")} />
              <Head text={t("why.kwh")} />
            </tr>
          </thead>
          <tbody>
            {why.rows.map((row) => (
              <tr key={row.key} className="border-b border-line">
                <th scope="row" className="py-1.5 pe-3 text-start font-normal">
                  {row.label}
                </th>
                <Cell text={row.thenText} />
                <Cell text={row.nowText} />
                <Cell text={row.energyText} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="font-strong">
              <th scope="row" className="py-1.5 pe-3 text-start">
                {t("why.total")}
              </th>
              <Cell text={total.thenText} />
              <Cell text={total.nowText} />
              <Cell text={total.energyText} />
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  );
}

function Head(props: { readonly text: string; readonly isFirst?: boolean }) {
  return (
    <th
      scope="col"
      className={`py-1.5 font-normal ${props.isFirst ? "text-start" : "ps-2 text-end"}`}
    >
      {props.text}
    </th>
  );
}

function Cell({ text }: { readonly text: string }) {
  return (
    <td className="py-1.5 ps-2 text-end align-top whitespace-nowrap">
      <bdi>{text}</bdi>
    </td>
  );
}
