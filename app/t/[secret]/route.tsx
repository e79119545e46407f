import { renderDocument } from "@/app/_document/document";
import { guestScopeBySecret } from "@/app/_scope/guest-scope";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { formatTime } from "@/app/_view/instants";
import { notFoundPage } from "@/app/_view/problem";
import {
  energyNumberText,
  meterNumberText,
  moneyText,
  paidText,
  priceLines,
  priceNotes,
  slipView,
} from "@/app/_view/purchase-texts";
import type { PhoneFrame } from "@/components/ui/phone-shell";
import { QuotePage } from "@/components/vending/quote-page";
import { SlipPage } from "@/components/vending/slip-page";
import { isWaiting, STATE_REFRESH_SECONDS, StatePage } from "@/components/vending/state-page";
import { formatMoneyPlain } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { maskName, maskUnit } from "@/lib/property";
import { findPurchase, isSold, markDelivered, type PurchaseView } from "@/lib/vending";

type Visit = {
  readonly frame: PhoneFrame;
  readonly purchase: PurchaseView;
  readonly path: string;
  readonly now: Date;
};

// A token is there within a second or so; after this the page says that it takes longer.
const USUAL_WAIT_MS = 10_000;

/** A purchase's own address: its quote, its payment, its token, or what is being done about it. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ readonly secret: string }> },
): Promise<Response> {
  const { secret } = await params;
  const scope = await guestScopeBySecret(secret);
  const purchase = scope?.purchaseId ? await findPurchase(scope, scope.purchaseId) : null;
  if (!scope || !purchase) return notFoundPage();
  const frame = await phoneFrame(purchase.buildingName);
  const visit = { frame, purchase, path: `/t/${secret}`, now: systemClock.now() };
  if (isSold(purchase.status)) {
    const { id: purchaseId, status } = purchase;
    if (status === "issued") await markDelivered(scope, { purchaseId, now: visit.now });
    return slipPage(visit);
  }
  return purchase.status === "quoted" && purchase.quote.expiresAt > visit.now
    ? quotePage(visit)
    : statePage(visit);
}

function quotePage({ frame, purchase, path }: Visit): Promise<Response> {
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
    totalText: moneyText(purchase, purchase.quote.amountMinor),
    validUntilText: formatTime(purchase.quote.expiresAt, purchase),
    refusal: null,
  };
  return renderDocument({
    ...LANGUAGE,
    title: t("quote.title"),
    children: <QuotePage frame={frame} view={view} />,
  });
}

function slipPage({ frame, purchase }: Visit): Promise<Response> {
  const { t, isPractice } = frame;
  const { meterNumber } = purchase.meter;
  const view = {
    slip: slipView(purchase, { t, isPractice, showsDigits: true }),
    againHref: `/buy?meter=${meterNumber}`,
    practiceMeterHref: isPractice ? `/practice-meter/${meterNumber}` : null,
  };
  return renderDocument({
    ...LANGUAGE,
    title: t("slip.title"),
    script: "/slip.js",
    children: <SlipPage frame={frame} view={view} />,
  });
}

function statePage({ frame, purchase, path, now }: Visit): Promise<Response> {
  const { t } = frame;
  const { status, paidAt } = purchase;
  if (isSold(status)) throw new Error("a sold purchase has a slip");
  const state = {
    // A quote that ran out while nobody looked is as good as expired.
    status:
      status === "quoted"
        ? ("expired" as const)
        : (status as Exclude<typeof status, "issued" | "delivered">),
    amountText: paidText(purchase),
    providerName: t("checkout.title"),
    isSlow: paidAt !== null && now.getTime() - paidAt.getTime() > USUAL_WAIT_MS,
    actionHref: status === "awaiting_payment" ? `${path}/pay` : buyHref(purchase),
  };
  return renderDocument({
    ...LANGUAGE,
    title: t("state.title"),
    ...(isWaiting(state) ? { refreshSeconds: STATE_REFRESH_SECONDS } : {}),
    children: <StatePage frame={frame} state={state} referenceText={purchase.id} />,
  });
}

function buyHref({ meter, quote, currency }: PurchaseView): string {
  const amount = formatMoneyPlain(quote.amountMinor, currency);
  return `/buy?meter=${meter.meterNumber}&amount=${amount}`;
}
