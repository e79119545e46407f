import { howSections } from "@/app/_receipt/how-sections";
import { slipView } from "@/app/_receipt/slip-view";
import { formatTime } from "@/app/_view/instants";
import {
  energyNumberText,
  meterNumberText,
  moneyText,
  paidText,
  priceLines,
  priceNotes,
} from "@/app/_view/purchase-texts";
import type { PricedSaleView, SalePageView } from "@/components/desk/sale-page";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import { likelyTenders, piecesOf, type SaleAtDesk, type ShiftView } from "@/lib/desk";
import { formatMoney, formatMoneyPlain } from "@/lib/money";
import { isSold } from "@/lib/vending";
import { refundCashAction, takeCashAction } from "./actions";

type Context = {
  readonly scope: OrgScope;
  /** The shift of who looks; null for none. */
  readonly shift: ShiftView | null;
  readonly t: Translate;
  readonly isPractice: boolean;
  readonly now: Date;
};

/** A sale in every state that it can have, with what can be done in it. */
export function saleView(sale: SaleAtDesk, context: Context): SalePageView {
  const { scope, t, isPractice } = context;
  const { purchase } = sale;
  const { status } = purchase;
  const isPriced = status === "quoted" || status === "expired";
  const isWaiting = ["awaiting_payment", "paid", "reserved", "in_doubt"].includes(status);
  const showsDigits = scope.permissions.includes("token:read");
  const desk = `/o/${scope.slug}/desk`;
  const path = `${desk}/sales/${purchase.id}`;
  return {
    titleText: t(isPriced ? "desk.priceTitle" : "desk.saleTitle"),
    priced: isPriced ? pricedView(sale, context) : null,
    change: changeView(sale, t),
    notice: noticeOf(sale, t, isWaiting),
    slip: isSold(status) ? slipView(purchase, { t, isPractice, showsDigits }) : null,
    links: isSold(status)
      ? sale.isFirstPrint
        ? [
            { href: `${path}/print?width=80`, label: t("desk.print80") },
            { href: `${path}/print?width=58`, label: t("desk.print58") },
            { href: `${path}/receipt.pdf`, label: t("receipt.pdf") },
          ]
        : [{ href: `/o/${scope.slug}/purchases/${purchase.id}`, label: t("desk.copies") }]
      : [],
    refund: status === "refund_due" ? refundForm(sale, context) : null,
    isWaiting,
    nextHref: isPriced ? `${desk}?${changeQuery(sale)}` : desk,
    nextText: t(isPriced ? "desk.change" : "desk.next"),
  };
}

const changeQuery = ({ purchase }: SaleAtDesk) =>
  new URLSearchParams({
    find: purchase.meter.meterNumber,
    amount: formatMoneyPlain(purchase.quote.amountMinor, purchase.currency),
  });

function changeView({ purchase, tenderedMinor }: SaleAtDesk, t: Translate): SalePageView["change"] {
  if (tenderedMinor === null || purchase.status === "refunded") return null;
  const changeMinor = tenderedMinor - purchase.quote.amountMinor;
  return {
    label: t("desk.changeDue"),
    text: moneyText(purchase, changeMinor),
    detail: t("desk.given", {
      given: moneyText(purchase, tenderedMinor),
      price: moneyText(purchase, purchase.quote.amountMinor),
    }),
  };
}

function noticeOf(
  { purchase }: SaleAtDesk,
  t: Translate,
  isWaiting: boolean,
): SalePageView["notice"] {
  const { status } = purchase;
  const amount = paidText(purchase);
  if (isWaiting) {
    return { kind: "waiting", title: t("desk.paidWaiting", { amount }), text: t("desk.waiting") };
  }
  if (status === "refund_due") {
    return { kind: "refused", title: t("desk.refundDue", { amount }), text: t("desk.refundWhy") };
  }
  if (status === "refunded") {
    return { kind: "note", title: t("desk.refunded", { amount }), text: t("desk.refundedText") };
  }
  return isSold(status)
    ? { kind: "ok", title: t("desk.paid", { amount }), text: t("desk.paidText") }
    : null;
}

function pricedView(sale: SaleAtDesk, context: Context): PricedSaleView {
  const { scope, t } = context;
  const { purchase } = sale;
  const fault = faultOf(sale, context);
  const price = purchase.quote.amountMinor;
  const short = (amountMinor: bigint) =>
    formatMoney({ amountMinor, currency: purchase.currency }, purchase.locale, { isShort: true });
  const bound = { org: scope.slug, purchaseId: purchase.id };
  return {
    amountText: paidText(purchase),
    energyText: t("energy.kwh", { energy: energyNumberText(purchase) }),
    facts: [
      { label: t("quote.holder"), text: purchase.residentName ?? t("quote.noHolder") },
      { label: t("quote.unit"), text: `${purchase.unitLabel} · ${purchase.buildingName}` },
      { label: t("quote.meterNumber"), text: meterNumberText(purchase.meter.meterNumber) },
    ],
    lines: priceLines(purchase, t),
    totalText: moneyText(purchase, price),
    notes: priceNotes(purchase, t),
    sections: howSections(purchase, t),
    validText: t("quote.validUntil", { time: formatTime(purchase.quote.expiresAt, purchase) }),
    take: fault
      ? null
      : {
          action: takeCashAction.bind(null, bound),
          view: {
            label: t("desk.tendered"),
            hint: t("desk.tenderedHint", { amount: short(price) }),
            submit: t("desk.take"),
            likelyTitle: t("desk.likely"),
            likely: likelyTenders(price, piecesOf(purchase.currency)).map((minor) => ({
              value: formatMoneyPlain(minor, purchase.currency),
              text: short(minor),
              changeText: t("desk.likelyChange", { change: short(minor - price) }),
            })),
          },
        },
    faultText: fault && t(`deskFault.${fault}`),
  };
}

/** Why no cash can be taken now, as far as the page can know. */
function faultOf({ purchase }: SaleAtDesk, { shift, now }: Context) {
  if (!shift) return "no-shift";
  if (shift.state !== "open") return "being-counted";
  if (shift.currency !== purchase.currency) return "other-currency";
  return purchase.status === "expired" || purchase.quote.expiresAt <= now ? "price-expired" : null;
}

function refundForm({ purchase }: SaleAtDesk, { scope, shift, t }: Context) {
  if (shift?.state !== "open") return null;
  const limit = shift.refundLimitMinor;
  const needsTwo = limit !== null && purchase.quote.amountMinor > limit;
  return {
    action: refundCashAction.bind(null, { org: scope.slug, purchaseId: purchase.id }),
    view: {
      id: "refund-cash",
      fields: [
        {
          kind: "text",
          name: "note",
          label: t("desk.reason"),
          ...(needsTwo ? { hint: t("desk.refundTwo") } : {}),
          maxLength: 200,
          isRequired: true,
        } as const,
      ],
      submit: t("desk.refundNow", { amount: paidText(purchase) }),
      isPrimary: true,
    },
  };
}
