import type { Translate } from "@/components/ui/translate";
import type { PurchaseView, StartPaymentError } from "@/lib/vending";
import { moneyText } from "./purchase-texts";

/** Why a payment was not begun, in words; null for what the purchase's own page says. */
export function payRefusal(
  error: StartPaymentError | { readonly code: "provider-away" },
  { t, purchase }: { readonly t: Translate; readonly purchase: PurchaseView },
): string | null {
  switch (error.code) {
    case "quote-expired":
    case "not-payable":
      return null;
    case "amount-not-taken":
      return t("errors.amount-not-taken", {
        below: moneyText(purchase, error.belowMinor),
        above: moneyText(purchase, error.aboveMinor),
      });
    case "too-many":
      return t(`errors.too-many-${error.by}`);
    case "no-way-to-pay":
    case "phone-invalid":
    case "checkout-refused":
    case "provider-away":
      return t(`errors.${error.code}`);
  }
}
