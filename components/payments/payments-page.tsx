import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";
import { CaseList, type CaseRowView } from "./case-list";
import { PaymentsFilterForm, type PaymentsFilterView } from "./payments-filter";

type PaymentRowView = {
  readonly key: string;
  readonly atText: string;
  readonly providerText: string;
  readonly referenceText: string;
  readonly placeText: string;
  readonly buildingText: string;
  readonly href: string | null;
  readonly status: string;
  readonly stateText: string;
  readonly amountText: string;
};

export type PaymentsPageView = PaymentsFilterView & {
  readonly cases: readonly CaseRowView[];
  readonly claims: readonly CaseRowView[];
  readonly rows: readonly PaymentRowView[];
  readonly olderHref: string | null;
  readonly newestHref: string | null;
  readonly accountsHref: string | null;
};

/** What waits for a person first, then all money that came in. */
export function PaymentsPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: PaymentsPageView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
        <div>
          <h1 className="text-title font-strong tracking-tight">{t("payments.title")}</h1>
          <p className="mt-1 text-quiet">{t("payments.lead")}</p>
        </div>
        {view.accountsHref ? (
          <LinkButton href={view.accountsHref} size="console">
            {t("payments.accounts")}
          </LinkButton>
        ) : null}
      </div>
      {view.cases.length > 0 ? (
        <CaseList
          id="cases"
          title={t("payments.waiting", { count: view.cases.length })}
          cases={view.cases}
          t={t}
        />
      ) : null}
      {view.claims.length > 0 ? (
        <CaseList
          id="claims"
          title={t("payments.unanswered", { count: view.claims.length })}
          cases={view.claims}
          t={t}
        />
      ) : null}
      <PaymentsFilterForm view={view} t={t} />
      {view.rows.length === 0 ? (
        <div className="mt-6">
          <EmptyState
            title={view.isFiltered ? t("payments.noMatch") : t("payments.empty")}
            text={view.isFiltered ? t("payments.noMatchText") : t("payments.emptyText")}
            {...(view.isFiltered
              ? { action: { href: view.path, label: t("payments.clear") } }
              : {})}
          />
        </div>
      ) : (
        <Rows view={view} t={t} />
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {view.newestHref ? (
          <LinkButton href={view.newestHref} size="console">
            {t("payments.newest")}
          </LinkButton>
        ) : null}
        {view.olderHref ? (
          <LinkButton href={view.olderHref} size="console">
            {t("payments.older")}
          </LinkButton>
        ) : null}
      </div>
    </ConsoleShell>
  );
}

function Rows({ view, t }: { readonly view: PaymentsPageView; readonly t: Translate }) {
  return (
    <div className="mt-6">
      <Table
        caption={t("payments.title")}
        isCaptionHidden
        columns={[
          { key: "when", label: t("payments.when") },
          { key: "provider", label: t("payments.provider"), isWideOnly: true },
          { key: "for", label: t("payments.for") },
          { key: "state", label: t("payments.state"), isWideOnly: true },
          { key: "amount", label: t("payments.amount"), isNumber: true },
        ]}
        rows={view.rows.map((row) => ({
          key: row.key,
          cells: {
            when: row.atText,
            provider: (
              <>
                {row.providerText}
                <bdi className="block max-w-72 truncate font-mono text-small text-quiet">
                  {row.referenceText}
                </bdi>
              </>
            ),
            for: <For row={row} />,
            state: row.stateText,
            amount: (
              <>
                <bdi>{row.amountText}</bdi>
                <span className="block text-small text-quiet tablet:hidden">{row.stateText}</span>
              </>
            ),
          },
        }))}
      />
    </div>
  );
}

function For({ row }: { readonly row: PaymentRowView }) {
  return (
    <>
      {row.href ? (
        <a href={row.href} className="underline decoration-line underline-offset-4">
          <bdi>{row.placeText}</bdi>
        </a>
      ) : (
        <bdi>{row.placeText}</bdi>
      )}
      <bdi className="block max-w-48 truncate text-small text-quiet">{row.buildingText}</bdi>
    </>
  );
}
