import { EmptyState } from "@/components/ui/empty-state";
import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";
import { type PurchaseStatus, PurchaseStatusText } from "./purchase-status-text";

export type TopUpView = {
  readonly purchaseId: string;
  readonly href: string;
  readonly atText: string;
  readonly energyText: string;
  readonly amountText: string;
  /** Empty until there is one. */
  readonly receiptText: string;
  readonly status: PurchaseStatus;
};

/** A unit's purchases, newest first, each leading to its receipt. */
export function TopUpHistory(props: {
  readonly unitLabel: string;
  /** Instead of one that names the unit, where the page has just named it. */
  readonly title?: string;
  readonly topUps: readonly TopUpView[];
  readonly t: Translate;
}) {
  const { topUps, unitLabel, t } = props;
  if (topUps.length === 0) {
    return <EmptyState title={t("unit.historyEmpty")} text={t("unit.historyEmptyText")} />;
  }
  return (
    <Table
      caption={props.title ?? t("unit.historyOf", { unit: unitLabel })}
      columns={[
        { key: "at", label: t("unit.when") },
        { key: "energy", label: t("unit.energy"), isNumber: true },
        { key: "amount", label: t("unit.amount"), isNumber: true },
        { key: "receipt", label: t("unit.receipt"), isNumber: true, isWideOnly: true },
        { key: "status", label: t("unit.state"), isWideOnly: true },
      ]}
      rows={topUps.map((topUp) => ({
        key: topUp.purchaseId,
        cells: {
          at: <When topUp={topUp} t={t} />,
          energy: topUp.energyText,
          amount: topUp.amountText,
          receipt: topUp.receiptText,
          status: <PurchaseStatusText status={topUp.status} t={t} />,
        },
      }))}
    />
  );
}

/** On a phone the state has no column: what is out of the ordinary stands under the date. */
function When({ topUp, t }: { readonly topUp: TopUpView; readonly t: Translate }) {
  const isOrdinary = topUp.status === "issued" || topUp.status === "delivered";
  return (
    <>
      <a
        href={topUp.href}
        className="underline decoration-line underline-offset-4 hover:decoration-ink"
      >
        {topUp.atText}
      </a>
      {isOrdinary ? null : (
        <span className="block text-small font-normal tablet:hidden">
          <PurchaseStatusText status={topUp.status} t={t} />
        </span>
      )}
    </>
  );
}
