import type { Choice } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { FilterField } from "@/components/ui/filter-field";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import type { Translate } from "@/components/ui/translate";

export type PaymentsFilterView = {
  readonly path: string;
  readonly query: {
    readonly state: string | null;
    readonly provider: string | null;
    readonly reference: string | null;
    readonly from: string | null;
    readonly to: string | null;
  };
  readonly states: readonly Choice[];
  readonly providers: readonly Choice[];
  readonly isFiltered: boolean;
};

/** The choice as a plain form: what it holds is in the address bar. */
export function PaymentsFilterForm(props: {
  readonly view: PaymentsFilterView;
  readonly t: Translate;
}) {
  const { view, t } = props;
  const { state, provider, reference, from, to } = view.query;
  return (
    <search>
      <form
        action={view.path}
        method="get"
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3 tablet:grid-cols-3
          desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.2fr)_9.5rem_9.5rem_auto]"
      >
        <Select
          id="state"
          name="state"
          label={t("payments.state")}
          value={state}
          none={t("payments.anyState")}
          options={view.states}
        />
        <Select
          id="provider"
          name="provider"
          label={t("payments.provider")}
          value={provider}
          none={t("payments.anyProvider")}
          options={view.providers}
        />
        <FilterField
          name="reference"
          type="text"
          label={t("payments.reference")}
          value={reference}
        />
        <FilterField name="from" type="date" label={t("payments.from")} value={from} />
        <FilterField name="to" type="date" label={t("payments.to")} value={to} />
        <div className="flex gap-2">
          <Button size="console">{t("payments.show")}</Button>
          {view.isFiltered ? (
            <LinkButton href={view.path} size="console" kind="quiet">
              {t("payments.clear")}
            </LinkButton>
          ) : null}
        </div>
      </form>
    </search>
  );
}
