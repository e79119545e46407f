import { Button } from "@/components/ui/button";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterField } from "@/components/ui/filter-field";
import { LinkButton } from "@/components/ui/link-button";
import { Table } from "@/components/ui/table";
import { MeterProofText, type Proof } from "./meter-proof-text";

export type MetersPageView = {
  /** Null for who cannot register one. */
  readonly newHref: string | null;
  readonly filters: readonly {
    readonly href: string;
    readonly label: string;
    readonly isCurrent: boolean;
  }[];
  readonly path: string;
  /** The choice: a state, and how the number begins. */
  readonly proof: string | null;
  readonly number: string;
  readonly isFiltered: boolean;
  readonly nextHref: string | null;
  /** Null on the first page. */
  readonly firstHref: string | null;
  readonly meters: readonly {
    readonly id: string;
    readonly href: string;
    readonly numberText: string;
    readonly unitText: string;
    readonly buildingText: string;
    readonly proof: Proof;
    readonly proofText: string;
    /** Empty where nothing needs a person. */
    readonly nextText: string;
  }[];
};

/** Every meter of an organization, and whose its number is. */
export function MetersPage(props: { readonly frame: ConsoleFrame; readonly view: MetersPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  const add = view.newHref ? { href: view.newHref, label: t("meters.add") } : null;
  const isBare = view.meters.length === 0 && !view.isFiltered;
  return (
    <ConsoleShell frame={frame}>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title font-strong tracking-tight">{t("meters.title")}</h1>
        {add && !isBare ? (
          <LinkButton href={add.href} size="console" kind="primary">
            {add.label}
          </LinkButton>
        ) : null}
      </div>
      <nav aria-label={t("meters.filter")} className="mb-4 flex flex-wrap gap-x-5 gap-y-1">
        {view.filters.map(({ href, label, isCurrent }) => (
          <a
            key={href}
            href={href}
            aria-current={isCurrent ? "page" : undefined}
            className="inline-flex min-h-9 items-center text-quiet underline-offset-4
              hover:text-ink hover:underline aria-[current=page]:font-medium
              aria-[current=page]:text-ink aria-[current=page]:underline"
          >
            {label}
          </a>
        ))}
      </nav>
      {isBare ? null : <NumberSearch {...props} />}
      {view.meters.length === 0 ? (
        <EmptyState
          title={isBare ? t("meters.empty") : t("meters.noneOfState")}
          text={isBare ? t("meters.emptyText") : t("meters.noneOfStateText")}
          {...(isBare && add ? { action: add } : {})}
        />
      ) : (
        <MeterTable {...props} />
      )}
      <Pages {...props} />
    </ConsoleShell>
  );
}

function NumberSearch({ frame, view }: Parameters<typeof MetersPage>[0]) {
  const { t } = frame;
  return (
    <search>
      <form action={view.path} method="get" className="mb-5 flex flex-wrap items-end gap-3">
        {view.proof === null ? null : <input type="hidden" name="state" value={view.proof} />}
        <FilterField name="q" type="text" label={t("meters.find")} value={view.number} />
        <Button size="console">{t("buildings.find")}</Button>
      </form>
    </search>
  );
}

function Pages({ frame, view }: Parameters<typeof MetersPage>[0]) {
  const { t } = frame;
  if (!view.nextHref && !view.firstHref) return null;
  return (
    <nav aria-label={t("meters.pages")} className="mt-4 flex flex-wrap items-center gap-4">
      {view.firstHref ? (
        <LinkButton href={view.firstHref} size="console">
          {t("meters.first")}
        </LinkButton>
      ) : null}
      {view.nextHref ? (
        <LinkButton href={view.nextHref} size="console">
          {t("buildings.next")}
        </LinkButton>
      ) : null}
    </nav>
  );
}

function MeterTable({ frame, view }: Parameters<typeof MetersPage>[0]) {
  const { t } = frame;
  return (
    <Table
      caption={t("meters.title")}
      isCaptionHidden
      columns={[
        { key: "number", label: t("meters.number") },
        { key: "unit", label: t("meters.unit"), isWideOnly: true },
        { key: "proof", label: t("meters.proof") },
        { key: "next", label: t("meters.next"), isWideOnly: true },
      ]}
      rows={view.meters.map((meter) => ({
        key: meter.id,
        cells: {
          number: (
            <a href={meter.href} className="block hover:underline">
              <span dir="ltr" className="font-mono whitespace-nowrap">
                {meter.numberText}
              </span>
              <span className="block text-small font-normal text-quiet tablet:hidden">
                <bdi>{meter.unitText}</bdi>
              </span>
            </a>
          ),
          unit: (
            <>
              <bdi>{meter.unitText}</bdi>
              <span className="block text-small text-quiet">
                <bdi>{meter.buildingText}</bdi>
              </span>
            </>
          ),
          proof: <MeterProofText proof={meter.proof} text={meter.proofText} />,
          next: meter.nextText,
        },
      }))}
    />
  );
}
