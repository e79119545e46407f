import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";
import { type PurchaseStatus, PurchaseStatusText } from "./purchase-status-text";
import { SalesFilterForm, type SalesFilterView } from "./sales-filter";

type SoldView = {
  readonly key: string;
  readonly href: string;
  readonly atText: string;
  readonly unitLabel: string;
  readonly unitHref: string;
  readonly buildingName: string;
  readonly amountText: string;
  readonly energyText: string;
  readonly receiptText: string;
  readonly status: PurchaseStatus;
};

type SalesPageView = SalesFilterView & {
  readonly sumTexts: readonly string[];
  readonly rows: readonly SoldView[];
  readonly olderHref: string | null;
  readonly newestHref: string | null;
  readonly csvHref: string;
};

/** Every purchase with money in it: the choice, its sum, its rows, the way to earlier ones. */
export function SalesPage(props: { readonly frame: ConsoleFrame; readonly view: SalesPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <h1 className="text-title font-strong tracking-tight">{t("sales.title")}</h1>
      <p className="mt-1 mb-6 text-quiet">{t("sales.lead")}</p>
      <SalesFilterForm view={view} t={t} />
      {view.rows.length === 0 ? <Empty view={view} t={t} /> : <Rows view={view} t={t} />}
      <div className="mt-4 flex flex-wrap gap-2">
        {view.newestHref ? (
          <LinkButton href={view.newestHref} size="console">
            {t("sales.newest")}
          </LinkButton>
        ) : null}
        {view.olderHref ? (
          <LinkButton href={view.olderHref} size="console">
            {t("sales.older")}
          </LinkButton>
        ) : null}
      </div>
    </ConsoleShell>
  );
}

type Part = { readonly view: SalesPageView; readonly t: Translate };

function Empty({ view, t }: Part) {
  const clear = { href: view.path, label: t("sales.clear") };
  return (
    <div className="mt-6">
      <EmptyState
        title={view.isFiltered ? t("sales.noMatch") : t("sales.empty")}
        text={view.isFiltered ? t("sales.noMatchText") : t("sales.emptyText")}
        {...(view.isFiltered ? { action: clear } : {})}
      />
    </div>
  );
}

function Rows({ view, t }: Part) {
  return (
    <>
      <div className="mt-6 mb-3 flex flex-wrap items-baseline gap-x-6 gap-y-1">
        {view.sumTexts.map((text) => (
          <p key={text} className="font-medium">
            {text}
          </p>
        ))}
        <a href={view.csvHref} className="text-small text-quiet underline hover:text-ink">
          {t("sales.csv")}
        </a>
      </div>
      <Table
        caption={t("sales.title")}
        isCaptionHidden
        columns={[
          { key: "when", label: t("sales.when") },
          { key: "unit", label: t("sales.unit") },
          { key: "receipt", label: t("sales.receipt"), isWideOnly: true },
          { key: "state", label: t("sales.state"), isWideOnly: true },
          { key: "energy", label: t("sales.energy"), isNumber: true, isWideOnly: true },
          { key: "amount", label: t("sales.amount"), isNumber: true },
        ]}
        rows={view.rows.map((row) => ({
          key: row.key,
          cells: {
            when: (
              <a href={row.href} className="underline decoration-line underline-offset-4">
                {row.atText}
              </a>
            ),
            unit: (
              <>
                <a href={row.unitHref} className="hover:underline">
                  <bdi>{row.unitLabel}</bdi>
                </a>
                <bdi className="block max-w-48 truncate text-small text-quiet">
                  {row.buildingName}
                </bdi>
              </>
            ),
            receipt: <span className="font-mono text-small">{row.receiptText}</span>,
            state: <PurchaseStatusText status={row.status} t={t} />,
            energy: row.energyText,
            amount: (
              <>
                <bdi>{row.amountText}</bdi>
                <span className="block text-small text-quiet tablet:hidden">{row.energyText}</span>
              </>
            ),
          },
        }))}
      />
    </>
  );
}
