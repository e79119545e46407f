import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { StateMark } from "@/components/ui/state-mark";
import { Table } from "@/components/ui/table";

export type TariffsPageView = {
  /** Null for who may only look. */
  readonly newHref: string | null;
  readonly tariffs: readonly {
    readonly id: string;
    readonly href: string;
    readonly name: string;
    readonly currency: string;
    readonly priceText: string;
    readonly nextText: string;
    /** Empty where nothing waits for a second person. */
    readonly waitsText: string;
    readonly buildingsText: string;
  }[];
};

/** Every price list of an organization, and where each is in force. */
export function TariffsPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: TariffsPageView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  const add = view.newHref ? { href: view.newHref, label: t("tariffs.add") } : null;
  const isBare = view.tariffs.length === 0;
  return (
    <ConsoleShell frame={frame}>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title font-strong tracking-tight">{t("tariffs.title")}</h1>
        {add && !isBare ? (
          <LinkButton href={add.href} size="console" kind="primary">
            {add.label}
          </LinkButton>
        ) : null}
      </div>
      {isBare ? (
        <EmptyState
          title={t("tariffs.empty")}
          text={t("tariffs.emptyText")}
          {...(add ? { action: add } : {})}
        />
      ) : (
        <Table
          caption={t("tariffs.title")}
          isCaptionHidden
          columns={[
            { key: "name", label: t("tariffs.name") },
            { key: "price", label: t("tariffs.priceNow") },
            { key: "next", label: t("tariffs.next"), isWideOnly: true },
            { key: "buildings", label: t("tariffs.usedBy"), isWideOnly: true },
          ]}
          rows={view.tariffs.map((tariff) => ({
            key: tariff.id,
            cells: {
              name: (
                <a href={tariff.href} className="underline-offset-4 hover:underline">
                  <bdi>{tariff.name}</bdi>
                  <span className="ms-2 text-small font-normal text-quiet">{tariff.currency}</span>
                </a>
              ),
              price: (
                <>
                  {tariff.priceText}
                  {tariff.waitsText ? (
                    <span className="mt-1 flex items-center gap-2 text-small">
                      <StateMark kind="waiting" />
                      {tariff.waitsText}
                    </span>
                  ) : null}
                </>
              ),
              next: tariff.nextText,
              buildings: <bdi>{tariff.buildingsText}</bdi>,
            },
          }))}
        />
      )}
    </ConsoleShell>
  );
}
