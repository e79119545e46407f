import type { Translate } from "@/components/ui/translate";
import type { ReceiptRowView, ReceiptSectionView } from "@/components/vending/receipt-view";
import { formatEnergy } from "@/lib/money";
import { nextKwh } from "@/lib/tariffs";
import type { PurchaseView } from "@/lib/vending";
import { rateText, receiptSections } from "./receipt-rows";

/** How a price is made, before it is paid; the next kWh's for who may know the month's position. */
export function howSections(purchase: PurchaseView, t: Translate): readonly ReceiptSectionView[] {
  const sections = receiptSections(purchase, t, ["tariff", "energy", "due"]);
  if (!purchase.seesAccount) return sections;
  return sections.map((section) =>
    section.key === "energy"
      ? { ...section, rows: [...section.rows, nextRow(purchase, t)] }
      : section,
  );
}

function nextRow(purchase: PurchaseView, t: Translate): ReceiptRowView {
  const { quote, currency, locale } = purchase;
  const { priceMajorPerKwh, untilWh } = nextKwh({
    definition: quote.definition,
    currency,
    monthToDateWh: quote.monthBeforeWh + quote.energyWh,
  });
  return {
    key: "next",
    label:
      untilWh === null
        ? t("receiptLabel.next")
        : t("receiptLabel.nextUntil", { energy: formatEnergy(untilWh, locale, { decimals: 0 }) }),
    value: rateText(priceMajorPerKwh, purchase, t),
    isCode: false,
    isProse: false,
    isTotal: false,
  };
}
