import { renderDocument } from "@/app/_document/document";
import { type FormText, readForm, seeOther } from "@/app/_form/read-form";
import { guestScope } from "@/app/_scope/guest-scope";
import { findPerson } from "@/app/_scope/signed-in";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { foreignPost } from "@/app/_view/problem";
import { BuyPage } from "@/components/vending/buy-page";
import type { GuestScope } from "@/lib/access/shared";
import { newId, systemClock, webEnv } from "@/lib/platform";
import { openPurchase } from "@/lib/vending";
import { findMeterPlace, type MeterPlace } from "./meter-place";
import { quickAmounts } from "./quick-amounts";
import { NO_REFUSAL, type Refusals, refusalsOf } from "./refusals";

type Buying = {
  readonly meter: string;
  readonly choice: string;
  readonly amount: string;
  /** Made with the form: a double click, a reload and the back button carry the same one. */
  readonly formKey: string;
};

/** The buy form; what the address names is filled in, and told at once when it cannot be. */
export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const amount = asked.get("amount") ?? "";
  const buying = { meter: asked.get("meter") ?? "", choice: "", amount, formKey: newId() };
  if (buying.meter.trim() === "") return page(buying, null, NO_REFUSAL);
  const found = await findMeter(buying.meter);
  return page(buying, found.place, found.refusals);
}

/** Asks for a price: a quote opens a purchase, whose secret address shows it from here on. */
export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request);
  if (!form) return foreignPost();
  const buying = buyingOf(form);
  const { scope, place, refusals } = await findMeter(buying.meter);
  if (!scope?.meterId || !place) return page(buying, place, refusals);
  const isChosen = buying.choice !== "" && buying.choice !== "other";
  const amountText = (isChosen ? buying.choice : buying.amount).slice(0, 40);
  const buyer = await findPerson();
  const opened = await openPurchase(scope, {
    ...(buyer ? { buyerId: buyer.userId } : {}),
    meterId: scope.meterId,
    amountText,
    channel: "web",
    // Another meter or amount from the same form is another intention, and so another purchase.
    requestKey: `${buying.formKey}|${scope.meterId}|${amountText}`,
    addressKey: webEnv().NEXTAUTH_SECRET,
    now: systemClock.now(),
  });
  if (opened.ok) return seeOther(`/t/${opened.value.secret}`);
  const { t } = await phoneFrame(null);
  return page(buying, place, refusalsOf(opened.error, place, t));
}

function buyingOf(form: FormText): Buying {
  const { meter = "", choice = "", amount = "", key = "" } = form;
  return { meter, choice, amount, formKey: /^[0-9a-f-]{36}$/.test(key) ? key : newId() };
}

async function findMeter(typed: string): Promise<{
  readonly scope: GuestScope | null;
  readonly place: MeterPlace | null;
  readonly refusals: Refusals;
}> {
  const { t } = await phoneFrame(null);
  const meter = await guestScope(typed);
  const refused = (key: Parameters<typeof t>[0]) => ({
    scope: null,
    place: null,
    refusals: { ...NO_REFUSAL, meter: t(key) },
  });
  if (!meter.ok) return refused(`errors.${meter.error}`);
  const { scope } = meter.value;
  const place = scope && (await findMeterPlace(scope, systemClock.now()));
  return place ? { scope, place, refusals: NO_REFUSAL } : refused("errors.meter-not-found");
}

async function page(
  buying: Buying,
  place: MeterPlace | null,
  refusals: Refusals,
): Promise<Response> {
  const frame = await phoneFrame(place?.sellerName ?? null);
  const amounts = quickAmounts(place?.currency ?? null, place?.locale ?? LANGUAGE.lang);
  const isTyped = buying.amount !== "";
  const usual = amounts[1]?.value ?? "";
  const view = {
    action: "/buy",
    fields: [{ name: "key", value: buying.formKey }],
    meter: buying.meter,
    meterError: refusals.meter,
    currencyText: place?.currency ?? "",
    amounts,
    choice: buying.choice || (isTyped ? "other" : usual),
    amount: buying.amount,
    amountError: refusals.amount,
    refusal: refusals.form,
  };
  const isRefused = Boolean(refusals.meter || refusals.amount || refusals.form);
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("buy.title"),
    status: isRefused ? 422 : 200,
    children: <BuyPage frame={frame} view={view} />,
  });
}
