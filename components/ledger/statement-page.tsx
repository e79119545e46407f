import { Button } from "@/components/ui/button";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { Figures } from "@/components/ui/figures";
import { FilterField } from "@/components/ui/filter-field";
import { HiddenFields } from "@/components/ui/hidden-fields";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";

export type StatementView = {
  readonly path: string;
  readonly backHref: string;
  readonly title: string;
  readonly query: {
    readonly from: string;
    readonly to: string;
    readonly building: string | null;
    readonly lease: string | null;
    readonly currency: string;
  };
  readonly buildings: readonly { readonly value: string; readonly label: string }[];
  readonly openingText: string;
  readonly closingText: string;
  readonly rows: readonly RowView[];
  readonly laterHref: string | null;
  readonly firstHref: string | null;
  readonly csvHref: string;
};

type RowView = {
  readonly key: string;
  readonly atText: string;
  readonly whatText: string;
  readonly detailText: string;
  readonly otherText: string;
  readonly href: string | null;
  readonly receiptText: string;
  readonly unitLabel: string | null;
  readonly unitHref: string | null;
  readonly buildingName: string;
  readonly amountText: string;
  readonly balanceText: string;
};

const LINK = "underline decoration-line underline-offset-4 hover:decoration-ink";

/** What moved an account between two days; each row leads to its receipt. */
export function StatementPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: StatementView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("ledger.title")}
      </a>
      <h1 className="mt-2 mb-6 text-title font-strong tracking-tight">{view.title}</h1>
      <Choice view={view} t={t} />
      <div className="mt-8 mb-6">
        <Figures
          figures={[
            { label: t("ledger.openingAt"), valueText: view.openingText },
            { label: t("ledger.closingAt"), valueText: view.closingText },
          ]}
        />
      </div>
      {view.rows.length === 0 ? (
        <p className="text-quiet">{t("ledger.noRows")}</p>
      ) : (
        <Rows view={view} t={t} />
      )}
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        {view.firstHref ? (
          <LinkButton href={view.firstHref} size="console">
            {t("ledger.first")}
          </LinkButton>
        ) : null}
        {view.laterHref ? (
          <LinkButton href={view.laterHref} size="console">
            {t("ledger.laterRows")}
          </LinkButton>
        ) : null}
        <a href={view.csvHref} className="text-small text-quiet underline hover:text-ink">
          {t("sales.csv")}
        </a>
      </div>
    </ConsoleShell>
  );
}

type Part = { readonly view: StatementView; readonly t: Translate };

function Choice({ view, t }: Part) {
  const { from, to, building, lease, currency } = view.query;
  const carried = [{ name: "currency", value: currency }];
  return (
    <search>
      <form
        action={view.path}
        method="get"
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3 tablet:max-w-3xl
          tablet:grid-cols-[10rem_10rem_minmax(0,1fr)_auto]"
      >
        <HiddenFields
          fields={lease === null ? carried : [...carried, { name: "lease", value: lease }]}
        />
        <FilterField name="from" type="date" label={t("sales.from")} value={from} />
        <FilterField name="to" type="date" label={t("sales.to")} value={to} />
        <Select
          id="building"
          name="building"
          label={t("sales.building")}
          value={building}
          none={t("sales.anyBuilding")}
          options={view.buildings}
        />
        <div>
          <Button size="console">{t("sales.show")}</Button>
        </div>
      </form>
    </search>
  );
}

function Rows({ view, t }: Part) {
  return (
    <Table
      caption={view.title}
      isCaptionHidden
      columns={[
        { key: "when", label: t("ledger.when") },
        { key: "what", label: t("ledger.what") },
        { key: "unit", label: t("sales.unit"), isWideOnly: true },
        { key: "receipt", label: t("sales.receipt"), isWideOnly: true },
        { key: "amount", label: t("sales.amount"), isNumber: true },
        { key: "balance", label: t("ledger.balance"), isNumber: true, isWideOnly: true },
      ]}
      rows={view.rows.map((row) => ({
        key: row.key,
        cells: {
          when: row.href ? (
            <a href={row.href} className={LINK}>
              {row.atText}
            </a>
          ) : (
            row.atText
          ),
          what: (
            <>
              {row.whatText}
              {row.detailText ? (
                <bdi className="block max-w-64 text-small text-quiet">{row.detailText}</bdi>
              ) : null}
              <span className="block text-small text-quiet">
                {t("ledger.against", { account: row.otherText })}
              </span>
            </>
          ),
          unit: (
            <>
              {row.unitHref ? (
                <a href={row.unitHref} className="hover:underline">
                  <bdi>{row.unitLabel}</bdi>
                </a>
              ) : null}
              <bdi className="block max-w-48 truncate text-small text-quiet">
                {row.buildingName}
              </bdi>
            </>
          ),
          receipt: <span className="font-mono text-small">{row.receiptText}</span>,
          amount: <bdi>{row.amountText}</bdi>,
          balance: <bdi>{row.balanceText}</bdi>,
        },
      }))}
    />
  );
}
