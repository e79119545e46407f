import { Button } from "@/components/ui/button";
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
        <Input name="unit" type="text" label={t("sales.unit")} value={unit} />
        <Input name="receipt" type="text" label={t("sales.receipt")} value={receipt} />
        <Input name="from" type="date" label={t("sales.from")} value={from} />
        <Input name="to" type="date" label={t("sales.to")} value={to} />
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

function Input(props: {
  readonly name: string;
  readonly type: "text" | "date";
  readonly label: string;
  readonly value: string | null;
}) {
  return (
    <div className="min-w-0">
      <label htmlFor={props.name} className="mb-1 block text-small text-quiet">
        {props.label}
      </label>
      <input
        id={props.name}
        name={props.name}
        type={props.type}
        defaultValue={props.value ?? ""}
        className="h-9 w-full min-w-0 rounded-control border border-edge bg-raised px-2.5"
      />
    </div>
  );
}
