import type { Translate } from "@/components/ui/translate";

export type NeedView = {
  readonly key: string;
  readonly href: string;
  readonly label: string;
  readonly text: string;
};

const SHOWN = 6;

/** A short list of links, the rest folded behind its number: each leads to where it is settled. */
export function NeedsYou(props: {
  readonly id: string;
  readonly title: string;
  readonly emptyText: string;
  readonly rows: readonly NeedView[];
  /** Where there are more than `rows`: how many, and where all of them stand. */
  readonly all?: { readonly count: number; readonly href: string } | null;
  readonly isMarked: boolean;
  readonly t: Translate;
}) {
  const { id, title, emptyText, rows, all = null, isMarked, t } = props;
  const count = all?.count ?? rows.length;
  const rest = rows.slice(SHOWN);
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="mb-2 text-lead font-strong">
        {title}
        {rows.length > 0 ? <span className="ms-2 font-normal text-quiet">{count}</span> : null}
      </h2>
      {rows.length === 0 ? <p className="text-quiet">{emptyText}</p> : null}
      <Rows rows={rows.slice(0, SHOWN)} isMarked={isMarked} />
      {rest.length > 0 ? (
        <details>
          <summary className="cursor-pointer py-2 text-small text-quiet">
            {t("building.more", { count: count - SHOWN })}
          </summary>
          <Rows rows={rest} isMarked={isMarked} />
          {all ? (
            <a href={all.href} className="inline-block py-2 text-small underline">
              {t("building.allInList")}
            </a>
          ) : null}
        </details>
      ) : null}
    </section>
  );
}

function Rows(props: { readonly rows: readonly NeedView[]; readonly isMarked: boolean }) {
  if (props.rows.length === 0) return null;
  return (
    <ul className="border-t border-line">
      {props.rows.map((row) => (
        <li key={row.key} className="border-b border-line">
          <a href={row.href} className="flex items-baseline gap-2 py-2 hover:bg-raised">
            {props.isMarked ? (
              <svg viewBox="0 0 10 10" className="size-2.5 shrink-0" aria-hidden="true">
                <path d="M0 0h10v10Z" className="fill-corner" />
              </svg>
            ) : null}
            <span className="min-w-0 break-words">
              <bdi className="font-medium">{row.label}</bdi>{" "}
              <span className="text-quiet">{row.text}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
