import { renderDocument } from "@/app/_document/document";
import { readForm, seeOther } from "@/app/_form/read-form";
import { callbackRoute } from "@/app/_outside/outside";
import { endpointScope } from "@/app/_scope/endpoint-scope";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { foreignPost, notFoundPage } from "@/app/_view/problem";
import { CheckoutPage } from "@/components/practice/checkout-page";
import { formatMoney, parseCurrencyCode } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import {
  type CheckoutView,
  decideCheckout,
  findCheckout,
  PRACTICE_PROVIDER,
  sendCallback,
} from "@/lib/practice";

type Context = {
  readonly params: Promise<{ readonly endpoint: string; readonly checkout: string }>;
};

/**
 * The practice provider's own page: it stands in for a provider and knows nothing but the amount.
 */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { endpoint, checkout: checkoutId } = await params;
  const scope = await endpointScope(endpoint, PRACTICE_PROVIDER);
  const checkout = scope && (await findCheckout(scope, checkoutId, systemClock.now()));
  return checkout ? page(endpoint, checkout) : notFoundPage();
}

/** The payer's decision. The seller hears of it by the provider's signed call, not by this post. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const form = await readForm(request);
  if (!form) return foreignPost();
  const { endpoint, checkout: checkoutId } = await params;
  const scope = await endpointScope(endpoint, PRACTICE_PROVIDER);
  const now = systemClock.now();
  const stands = scope && (await findCheckout(scope, checkoutId, now));
  if (!scope || !stands) return notFoundPage();
  const { outcome } = form;
  if (outcome === "approve" || outcome === "decline" || outcome === "late") {
    await decideCheckout(scope, { checkoutId, decision: outcome, now });
    // Late money is called back by the worker, when it is there. So is a call that is not heard.
    if (outcome !== "late") await sendCallback(scope, { ...callbackRoute(), checkoutId, now });
  }
  return seeOther(stands.returnPath);
}

async function page(endpoint: string, checkout: CheckoutView): Promise<Response> {
  const frame = await phoneFrame(null);
  const { t } = frame;
  const currency = parseCurrencyCode(checkout.currency);
  const { amountMinor } = checkout;
  const view = {
    action: `/practice/checkout/${endpoint}/${checkout.id}`,
    fields: [],
    amountText: currency.ok
      ? formatMoney({ amountMinor, currency: currency.value }, LANGUAGE.lang, { isShort: true })
      : "",
    payeeName: checkout.payee,
    purposeText: t("checkout.purpose"),
    isAnswered: checkout.state !== "open",
    backHref: checkout.returnPath,
  };
  return renderDocument({
    ...LANGUAGE,
    title: t("checkout.title"),
    children: <CheckoutPage frame={frame} view={view} />,
  });
}
