import { Button } from "@/components/ui/button";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterField } from "@/components/ui/filter-field";
import { Select } from "@/components/ui/select";
import { LedgerMonths, type MonthsView } from "./ledger-months";
import { type CurrencyView, TrialBalance } from "./trial-balance";

export type LedgerView = MonthsView & {
  readonly path: string;
  readonly day: string;
  readonly building: string | null;
  readonly buildings: readonly { readonly value: string; readonly label: string }[];
  readonly csvHref: string;
  readonly currencies: readonly CurrencyView[];
};

/** What stands on every account at the end of a day, and the months beside it. */
export function LedgerPage(props: { readonly frame: ConsoleFrame; readonly view: LedgerView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <h1 className="text-title font-strong tracking-tight">{t("ledger.title")}</h1>
      <p className="mt-1 mb-6 max-w-reading text-quiet">{t("ledger.lead")}</p>
      <search>
        <form
          action={view.path}
          method="get"
          className="grid grid-cols-2 items-end gap-x-4 gap-y-3 tablet:max-w-2xl
            tablet:grid-cols-[10rem_minmax(0,1fr)_auto]"
        >
          <FilterField name="day" type="date" label={t("ledger.day")} value={view.day} />
          <Select
            id="building"
            name="building"
            label={t("sales.building")}
            value={view.building}
            none={t("sales.anyBuilding")}
            options={view.buildings}
          />
          <div>
            <Button size="console">{t("sales.show")}</Button>
          </div>
        </form>
      </search>
      <div className="mt-8 grid items-start gap-x-12 gap-y-10 desk:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-8">
          {view.currencies.length === 0 ? (
            <EmptyState title={t("ledger.empty")} text={t("ledger.emptyText")} />
          ) : null}
          {view.currencies.map((currency) => (
            <TrialBalance key={currency.currency} view={currency} t={t} />
          ))}
          {view.currencies.length === 0 ? null : (
            <p>
              <a href={view.csvHref} className="text-small text-quiet underline hover:text-ink">
                {t("sales.csv")}
              </a>
            </p>
          )}
        </div>
        <LedgerMonths view={view} t={t} />
      </div>
    </ConsoleShell>
  );
}
