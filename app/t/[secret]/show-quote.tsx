import { renderDocument } from "@/app/_document/document";
import { howSections } from "@/app/_receipt/how-sections";
import { LANGUAGE } from "@/app/_view/frames";
import { formatTime } from "@/app/_view/instants";
import { providerText } from "@/app/_view/provider-text";
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
import type { WayToPay } from "@/lib/payments";
import { maskName, maskUnit } from "@/lib/property";
import type { PurchaseView } from "@/lib/vending";

export type QuoteVisit = {
  readonly frame: PhoneFrame;
  readonly purchase: PurchaseView;
  readonly path: string;
  readonly ways: readonly WayToPay[];
};

/** Why a quote could not be paid just now, and what was typed. */
export type PayRefusal = {
  readonly text: string;
  readonly endpoint: string;
  readonly phone: string;
};

/** Where a form may lead on to, by provider; the others stay on our own pages. */
const CHECKOUT_SITES: Readonly<Record<string, string>> = {
  stripe: "https://checkout.stripe.com",
  paystack: "https://checkout.paystack.com",
};

/** The quote of a purchase; `refusal` is null at first sight. */
export function showQuote(visit: QuoteVisit, refusal: PayRefusal | null): Promise<Response> {
  const { frame, purchase, path, ways } = visit;
  const { t } = frame;
  const view = {
    payAction: `${path}/pay`,
    ways: ways.map((way) => wayView(way, visit, refusal)),
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
    refusal: refusal?.text ?? null,
  };
  return renderDocument({
    ...LANGUAGE,
    title: t("quote.title"),
    status: refusal === null ? 200 : 422,
    formTargets: ways.flatMap(({ provider }) => CHECKOUT_SITES[provider] ?? []),
    children: <QuotePage frame={frame} view={view} />,
  });
}

/** One way to pay: a button, and for a prompt the phone that is asked. */
function wayView(
  { endpointId, provider }: WayToPay,
  { frame, purchase, ways }: QuoteVisit,
  refusal: PayRefusal | null,
) {
  const { t } = frame;
  const amount = paidText(purchase);
  const named = { amount, provider: providerText(provider, t) };
  const isPrompt = provider === "mpesa";
  return {
    endpointId,
    phone: isPrompt
      ? {
          label: t("quote.phone"),
          hint: t("quote.phoneHint", named),
          value: refusal?.endpoint === endpointId ? refusal.phone : "",
        }
      : null,
    submit: isPrompt
      ? t("quote.ask", named)
      : t(ways.length > 1 ? "quote.payBy" : "quote.pay", named),
  };
}

/** The buy page with what this purchase was about already typed in. */
export function buyHref({ meter, quote, currency }: PurchaseView): string {
  const amount = formatMoneyPlain(quote.amountMinor, currency);
  return `/buy?meter=${meter.meterNumber}&amount=${amount}`;
}
