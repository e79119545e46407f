import type { Translate } from "@/components/ui/translate";
import type { OpenSaleError } from "@/lib/desk";
import { type CurrencyCode, formatMoney } from "@/lib/money";

type SaleRefusal = { readonly field: "find" | "amount" | null; readonly text: string };

/** Why a sale cannot be begun, at the field that can mend it. */
export function saleRefusal(
  error: OpenSaleError,
  place: { readonly currency: CurrencyCode; readonly locale: string },
  t: Translate,
): SaleRefusal {
  const money = (amountMinor: bigint) =>
    formatMoney({ amountMinor, currency: place.currency }, place.locale, { isShort: true });
  const onAmount = (text: string) => ({ field: "amount", text }) as const;
  switch (error.code) {
    case "meter-not-found":
    case "meter-blocked":
    case "meter-contested":
    case "meter-not-in-use":
    case "no-price-in-force":
      return { field: "find", text: t(`deskFault.${error.code}`) };
    case "other-currency":
    case "not-this-building":
      return { field: "find", text: t(`deskFault.${error.code}`) };
    case "amount-invalid":
      return onAmount(t(`errors.${error.fault}`, { example: money(50_000n) }));
    case "amount-too-small":
      return onAmount(t("errors.amount-too-small", { minimum: money(error.minimumMinor) }));
    case "energy-too-large":
      return onAmount(t("errors.energy-too-large", { maximum: money(error.maximumMinor) }));
    case "request-key-reused":
    case "sales-closed":
      return { field: null, text: t("errors.sales-closed") };
    case "no-shift":
    case "being-counted":
      return { field: null, text: t(`deskFault.${error.code}`) };
  }
}
