import type { Translate } from "@/components/ui/translate";
import { type PurchaseStatus, PurchaseStatusText } from "./purchase-status-text";

export type SaleView = {
  readonly purchaseId: string;
  readonly href: string;
  readonly unitLabel: string;
  readonly atText: string;
  readonly amountText: string;
  readonly energyText: string;
  readonly status: PurchaseStatus;
};

/** What was sold last in a building, newest first; only a state out of the ordinary is told. */
export function SalesList({
  sales,
  t,
}: {
  readonly sales: readonly SaleView[];
  readonly t: Translate;
}) {
  if (sales.length === 0) return <p className="text-quiet">{t("building.salesEmpty")}</p>;
  return (
    <ul className="border-t border-line">
      {sales.map((sale) => (
        <li key={sale.purchaseId} className="border-b border-line">
          <a href={sale.href} className="grid grid-cols-[1fr_auto] gap-x-4 py-2.5 hover:bg-raised">
            <bdi className="min-w-0 font-medium">{sale.unitLabel}</bdi>
            <span className="text-end font-medium">{sale.amountText}</span>
            <span className="text-small text-quiet">{sale.atText}</span>
            <span className="text-end text-small text-quiet">{sale.energyText}</span>
            {sale.status === "issued" || sale.status === "delivered" ? null : (
              <span className="col-span-2 mt-1 text-small">
                <PurchaseStatusText status={sale.status} t={t} />
              </span>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}
