import { renderDocument } from "@/app/_document/document";
import { howSections } from "@/app/_receipt/how-sections";
import { LANGUAGE } from "@/app/_view/frames";
import { formatTime } from "@/app/_view/instants";
import {
  energyNumberText,
  meterNumberText,
  moneyText,
  paidText,
  priceLines,
  priceNotes,
} from "@/app/_view/purchase-texts";
import type { PhoneFrame } from "@/components/ui/phone-shell";
import { QuotePage } from "@/components/vending/quote-page";
import { formatMoneyPlain } from "@/lib/money";
import { maskName, maskUnit } from "@/lib/property";
import type { PurchaseView } from "@/lib/vending";

export type QuoteVisit = {
  readonly frame: PhoneFrame;
  readonly purchase: PurchaseView;
  readonly path: string;
};

/** The quote of a purchase; `refusal` is why it could not be paid just now, null at first sight. */
export function showQuote(visit: QuoteVisit, refusal: string | null): Promise<Response> {
  const { frame, purchase, path } = visit;
  const { t } = frame;
  const view = {
    payAction: `${path}/pay`,
    payFields: [],
    changeHref: buyHref(purchase),
    amountText: paidText(purchase),
    energyNumberText: energyNumberText(purchase),
    energyUnitText: t("energy.unit"),
    meterNumberText: meterNumberText(purchase.meter.meterNumber),
    holderText: purchase.residentName ? maskName(purchase.residentName) : t("quote.noHolder"),
    unitText: maskUnit(purchase.unitLabel),
    lines: priceLines(purchase, t),
    notes: priceNotes(purchase, t),
    how: {
      title: t(purchase.seesAccount ? "quote.howTitle" : "quote.howTitleGuest"),
      sections: howSections(purchase, t),
    },
    totalText: moneyText(purchase, purchase.quote.amountMinor),
    validUntilText: formatTime(purchase.quote.expiresAt, purchase),
    refusal,
  };
  return renderDocument({
    ...LANGUAGE,
    title: t("quote.title"),
    status: refusal === null ? 200 : 422,
    children: <QuotePage frame={frame} view={view} />,
  });
}

/** The buy page with what this purchase was about already typed in. */
export function buyHref({ meter, quote, currency }: PurchaseView): string {
  const amount = formatMoneyPlain(quote.amountMinor, currency);
  return `/buy?meter=${meter.meterNumber}&amount=${amount}`;
}
