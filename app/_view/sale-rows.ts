import type { SaleView as SaleRow } from "@/components/property/sales-list";
import type { TopUpView } from "@/components/property/top-up-history";
import type { Translate } from "@/components/ui/translate";
import { type CurrencyCode, formatEnergy, formatMoney } from "@/lib/money";
import type { SaleView } from "@/lib/vending";
import { formatInstant, type Place } from "./instants";

/** A sale in the building's own way, as every list of sales shows it. */
export function saleRow(
  sale: Omit<SaleView, "leaseId">,
  context: {
    readonly t: Translate;
    readonly place: Place & { readonly currency: CurrencyCode };
    readonly hrefOf: (purchaseId: string) => string;
  },
): SaleRow & TopUpView {
  const { t, place, hrefOf } = context;
  const { purchaseId, unitLabel, status, amountMinor, energyWh } = sale;
  return {
    purchaseId,
    unitLabel,
    status,
    href: hrefOf(purchaseId),
    atText: formatInstant(sale.at, place),
    amountText: formatMoney({ amountMinor, currency: place.currency }, place.locale, {
      isShort: true,
    }),
    energyText:
      energyWh === null ? "" : t("energy.kwh", { energy: formatEnergy(energyWh, place.locale) }),
    receiptText: sale.receiptNumber ?? "",
  };
}
