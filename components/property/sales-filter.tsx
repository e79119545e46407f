import { Button } from "@/components/ui/button";
import { FilterField } from "@/components/ui/filter-field";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import type { Translate } from "@/components/ui/translate";

export type SalesFilterView = {
  readonly path: string;
  readonly query: {
    readonly building: string | null;
    readonly unit: string | null;
    readonly state: string | null;
    readonly from: string | null;
    readonly to: string | null;
    readonly receipt: string | null;
  };
  readonly buildings: readonly { readonly value: string; readonly label: string }[];
  readonly isFiltered: boolean;
};

/** The choice as a plain form: what it holds is in the address bar. */
export function SalesFilterForm(props: { readonly view: SalesFilterView; readonly t: Translate }) {
  const { view, t } = props;
  const { building, unit, state, from, to, receipt } = view.query;
  return (
    <search>
      <form
        action={view.path}
        method="get"
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3 tablet:grid-cols-3
          desk:grid-cols-[minmax(0,1.4fr)_minmax(0,1.2fr)_6rem_8rem_9.5rem_9.5rem_auto]"
      >
        <Select
          id="building"
          name="building"
          label={t("sales.building")}
          value={building}
          none={t("sales.anyBuilding")}
          options={view.buildings}
        />
        <Select
          id="state"
          name="state"
          label={t("sales.state")}
          value={state}
          none={t("sales.anyState")}
          options={(["issued", "waiting", "refunded"] as const).map((value) => ({
            value,
            label: t(`sales.${value}`),
          }))}
        />
        <FilterField name="unit" type="text" label={t("sales.unit")} value={unit} />
        <FilterField name="receipt" type="text" label={t("sales.receipt")} value={receipt} />
        <FilterField name="from" type="date" label={t("sales.from")} value={from} />
        <FilterField name="to" type="date" label={t("sales.to")} value={to} />
        <div className="flex gap-2">
          <Button size="console">{t("sales.show")}</Button>
          {view.isFiltered ? (
            <LinkButton href={view.path} size="console" kind="quiet">
              {t("sales.clear")}
            </LinkButton>
          ) : null}
        </div>
      </form>
    </search>
  );
}
