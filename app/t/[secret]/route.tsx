import { renderDocument } from "@/app/_document/document";
import { practiceMoney } from "@/app/_outside/outside";
import { slipPageView } from "@/app/_receipt/slip-view";
import { whyView } from "@/app/_receipt/why-view";
import { findAsResident, type OwnPurchase } from "@/app/_scope/as-resident";
import { guestScopeBySecret } from "@/app/_scope/guest-scope";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { notFoundPage } from "@/app/_view/problem";
import { providerText } from "@/app/_view/provider-text";
import { paidText } from "@/app/_view/purchase-texts";
import { SlipPage } from "@/components/vending/slip-page";
import { isWaiting, STATE_REFRESH_SECONDS, StatePage } from "@/components/vending/state-page";
import { findAttemptOf, listWaysToPay } from "@/lib/payments";
import { systemClock } from "@/lib/platform";
import { compareWithPrevious, findPurchase, isSold, markDelivered } from "@/lib/vending";
import { buyHref, type QuoteVisit, showQuote } from "./show-quote";

/** `used` is the provider that the payer was sent to. */
type Visit = QuoteVisit & {
  readonly used: string;
  readonly now: Date;
  readonly own: OwnPurchase | null;
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
  const seen = scope?.purchaseId ? await findPurchase(scope, scope.purchaseId) : null;
  if (!scope || !seen) return notFoundPage();
  // The resident whose lease it is sees the household's account too; whoever has the address not.
  const own = await findAsResident(seen.id);
  const purchase = own?.purchase ?? seen;
  const frame = await phoneFrame(purchase.buildingName);
  const ways = await listWaysToPay(scope, { practice: await practiceMoney() });
  const attempt = await findAttemptOf(scope, purchase.id);
  const used = ways.find(({ endpointId }) => endpointId === attempt?.endpointId)?.provider;
  const path = `/t/${secret}`;
  const now = systemClock.now();
  const visit = { frame, purchase, path, ways, used: used ?? "practice", now, own };
  if (isSold(purchase.status)) {
    const { id: purchaseId, status } = purchase;
    if (status === "issued") await markDelivered(scope, { purchaseId, now: visit.now });
    return slipPage(visit);
  }
  return purchase.status === "quoted" && purchase.quote.expiresAt > visit.now
    ? showQuote(visit, null)
    : statePage(visit);
}

async function slipPage({ frame, purchase, path, now, own }: Visit): Promise<Response> {
  const compared = own && (await compareWithPrevious(own.scope, purchase));
  const why = compared && whyView(purchase, compared, { t: frame.t, now });
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("slip.title"),
    script: "/slip.js",
    children: <SlipPage frame={frame} view={slipPageView(purchase, { ...frame, path, why })} />,
  });
}

function statePage({ frame, purchase, path, used, now }: Visit): Promise<Response> {
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
    providerName: providerText(used, t),
    isPrompt: used === "mpesa",
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
