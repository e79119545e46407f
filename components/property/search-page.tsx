import { Button } from "@/components/ui/button";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";

type SearchPageView = {
  readonly path: string;
  readonly text: string;
  readonly groups: readonly {
    readonly group: string;
    readonly hits: readonly {
      readonly href: string;
      readonly label: string;
      readonly place: string;
    }[];
  }[];
};

/** One field, and what was found under it by kind. */
export function SearchPage(props: { readonly frame: ConsoleFrame; readonly view: SearchPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <h1 className="mb-4 text-title font-strong tracking-tight">{t("search.title")}</h1>
      <search>
        <form action={view.path} method="get" className="flex max-w-reading items-end gap-2">
          <div className="min-w-0 grow">
            <label htmlFor="q" className="mb-1 block text-small text-quiet">
              {t("search.label")}
            </label>
            <input
              id="q"
              name="q"
              type="search"
              defaultValue={view.text}
              className="h-9 w-full min-w-0 rounded-control border border-edge bg-raised px-2.5"
            />
          </div>
          <Button size="console">{t("search.find")}</Button>
        </form>
      </search>
      <p className="mt-2 text-small text-quiet">{t("search.hint")}</p>
      {view.text.trim() !== "" && view.groups.length === 0 ? (
        <div className="mt-6">
          <EmptyState title={t("search.none", { text: view.text })} text={t("search.noneText")} />
        </div>
      ) : null}
      <div className="mt-6 grid gap-x-12 gap-y-8 desk:grid-cols-2">
        {view.groups.map(({ group, hits }) => (
          <section key={group} aria-label={group}>
            <h2 className="mb-2 text-lead font-strong">{group}</h2>
            <ul className="border-t border-line">
              {hits.map((hit) => (
                <li key={`${hit.href} ${hit.label}`} className="border-b border-line">
                  <a href={hit.href} className="block py-2.5 hover:bg-raised">
                    <bdi className="block truncate font-medium">{hit.label}</bdi>
                    <bdi className="block truncate text-small text-quiet">{hit.place}</bdi>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </ConsoleShell>
  );
}
