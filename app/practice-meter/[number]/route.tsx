import { renderDocument } from "@/app/_document/document";
import { readForm, seeOther } from "@/app/_form/read-form";
import { tokenIssuer } from "@/app/_outside/outside";
import { guestScopeAtMeter } from "@/app/_scope/guest-scope";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { foreignPost, notFoundPage } from "@/app/_view/problem";
import { PracticeMeterPage } from "@/components/practice/practice-meter-page";
import type { GuestScope } from "@/lib/access/shared";
import { systemClock } from "@/lib/platform";
import { enterToken, findPracticeMeter, setLoad } from "@/lib/practice";
import { practiceMeterView } from "./meter-view";
import { pressKey } from "./press-key";

type Context = { readonly params: Promise<{ readonly number: string }> };

/** What the load takes while it runs: an iron and a kettle, so that one sees the credit fall. */
const LOAD_WATT = 3_000;

/** A meter to type into: it runs the real acceptance rules, with its own decoder key. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const scope = await scopeOf(params);
  return scope ? page(scope, "") : notFoundPage();
}

/**
 * A key, or the load's switch. What is typed is answered with the page itself, never carried in an
 * address, where digits do not belong; an accepted token is answered with a fresh page.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const form = await readForm(request);
  if (!form) return foreignPost();
  const scope = await scopeOf(params);
  if (!scope) return notFoundPage();
  const here = new URL(request.url).pathname;
  const now = systemClock.now();
  if (form.load !== undefined) {
    await setLoad(scope, { isLoadOn: form.load === "on", loadWatt: LOAD_WATT, now });
    return seeOther(here);
  }
  const { digits = "", key = "enter" } = form;
  if (key !== "enter") return page(scope, pressKey(digits, key));
  // The meter is made at the first look; a post may come before one.
  await findPracticeMeter(scope, { signer: tokenIssuer(), now });
  const entered = await enterToken(scope, { digits, now });
  return entered.ok && entered.value.result === "Accept" ? seeOther(here) : page(scope, digits);
}

async function scopeOf(params: Context["params"]): Promise<GuestScope | null> {
  const { number } = await params;
  return guestScopeAtMeter(number);
}

async function page(scope: GuestScope, digits: string): Promise<Response> {
  const now = systemClock.now();
  const meter = await findPracticeMeter(scope, { signer: tokenIssuer(), now });
  if (!meter) return notFoundPage();
  const frame = await phoneFrame(null);
  const view = await practiceMeterView({ scope, meter, digits, frame, now });
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("meter.title"),
    script: "/practice-meter.js",
    children: <PracticeMeterPage frame={frame} view={view} />,
  });
}
