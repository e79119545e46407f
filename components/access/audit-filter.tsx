import { Button } from "@/components/ui/button";
import { FilterField } from "@/components/ui/filter-field";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import type { Translate } from "@/components/ui/translate";

type Option = { readonly value: string; readonly label: string };

export type AuditFilterView = {
  readonly path: string;
  readonly query: {
    readonly who: string | null;
    readonly action: string | null;
    readonly from: string | null;
    readonly to: string | null;
  };
  readonly people: readonly Option[];
  readonly actions: readonly Option[];
  readonly isFiltered: boolean;
};

/** The search as a plain form: what it holds is in the address bar. */
export function AuditFilter(props: { readonly view: AuditFilterView; readonly t: Translate }) {
  const { view, t } = props;
  const { who, action, from, to } = view.query;
  const people = [...view.people, { value: "system", label: t("audit.system") }];
  return (
    <search>
      <form
        action={view.path}
        method="get"
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3
        desk:grid-cols-[minmax(0,1.2fr)_minmax(0,1.2fr)_10rem_10rem_auto]"
      >
        <div className="col-span-2 tablet:col-span-1">
          <Select
            id="who"
            name="who"
            label={t("audit.who")}
            value={who}
            none={t("audit.anybody")}
            options={people}
          />
        </div>
        <div className="col-span-2 tablet:col-span-1">
          <Select
            id="action"
            name="action"
            label={t("audit.what")}
            value={action}
            none={t("audit.anything")}
            options={view.actions}
          />
        </div>
        <FilterField type="date" name="from" label={t("audit.from")} value={from} />
        <FilterField type="date" name="to" label={t("audit.to")} value={to} />
        <div className="col-span-2 flex items-center gap-2 desk:col-span-1">
          <Button size="console">{t("audit.search")}</Button>
          {view.isFiltered ? (
            <LinkButton href={view.path} size="console" kind="quiet">
              {t("audit.clear")}
            </LinkButton>
          ) : null}
        </div>
      </form>
    </search>
  );
}
