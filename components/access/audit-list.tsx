import type { Translate } from "@/components/ui/translate";

type Change = {
  readonly key: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
};

export type AuditRowView = {
  readonly id: string;
  readonly atText: string;
  readonly whoText: string;
  /** Empty where there was no request that it could come from. */
  readonly originText: string;
  readonly actionText: string;
  readonly changes: readonly Change[];
  /** Its place in the chain; null while it waits for one. */
  readonly sequenceText: string | null;
};

/** A ruled list: when, what with before and after, who and from where, and its place. */
export function AuditList(props: {
  readonly entries: readonly AuditRowView[];
  readonly t: Translate;
}) {
  const { entries, t } = props;
  return (
    <ol className="border-t border-line">
      {entries.map((entry) => (
        <li
          key={entry.id}
          className="grid grid-cols-[1fr_auto] gap-x-6 border-b border-line py-2.5
            desk:grid-cols-[11rem_minmax(0,1fr)_15rem_5rem]"
        >
          <span className="col-start-1 row-start-1 text-small text-quiet desk:text-body">
            {entry.atText}
          </span>
          <span
            className="col-span-2 col-start-1 row-start-2 min-w-0 desk:col-span-1 desk:col-start-2
              desk:row-start-1"
          >
            <span className="font-medium">{entry.actionText}</span>
            <Changes changes={entry.changes} t={t} />
          </span>
          <span
            className="col-span-2 col-start-1 row-start-3 min-w-0 break-words text-quiet
              desk:col-span-1 desk:col-start-3 desk:row-start-1"
          >
            <bdi>{entry.whoText}</bdi>
            {entry.originText ? <span className="block text-small">{entry.originText}</span> : null}
          </span>
          <span
            className="col-start-2 row-start-1 text-end text-small whitespace-nowrap text-quiet
              desk:col-start-4 desk:leading-6"
          >
            {entry.sequenceText
              ? t("audit.sequence", { number: entry.sequenceText })
              : t("audit.waiting")}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Changes({ changes, t }: { readonly changes: readonly Change[]; readonly t: Translate }) {
  if (changes.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-4 text-quiet">
      {changes.map(({ key, label, before, after }) => (
        <div key={key} className="flex flex-wrap gap-x-1.5">
          <dt>{label}</dt>
          <dd className="min-w-0 break-words text-ink">
            {before === null ? null : (
              <>
                <span className="sr-only">{t("audit.before")} </span>
                <bdi className="text-quiet">{before}</bdi>
                <span aria-hidden="true"> → </span>
                <span className="sr-only">{t("audit.after")} </span>
              </>
            )}
            <bdi>{after ?? t("audit.removed")}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
