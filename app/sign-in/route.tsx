import { renderDocument } from "@/app/_document/document";
import { type FormText, readForm, seeOther } from "@/app/_form/read-form";
import { readDemo } from "@/app/_outside/demo";
import { readOrigin } from "@/app/_scope/request-origin";
import { readCookies } from "@/app/_scope/signed-in";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { busyPage, foreignPost } from "@/app/_view/problem";
import { SignInPage } from "@/components/access/sign-in-page";
import type { MessageKey } from "@/components/ui/translate";
import { parseContact } from "@/lib/access/shared";
import { signIn, throughSignInGate } from "@/lib/identity";
import { parseNextPath } from "@/lib/identity/shared";
import { messageChannels, systemClock } from "@/lib/platform";
import { challengeCookie } from "./challenge-cookie";
import { sendCode } from "./send-code";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  const next = new URL(request.url).searchParams.get("next") ?? "";
  return page({ next });
}

/**
 * Signs in by password and goes on, or sends a code where none was typed or the code's button was
 * pressed. A refusal keeps the e-mail or phone and never says which of the two was wrong.
 */
export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request);
  if (!form) return foreignPost();
  const { email = "", password = "", how } = form;
  const channels = messageChannels();
  const wantsCode = how === "code" || password === "";
  if (wantsCode && (channels.email || channels.sms)) return answerWithCode(form);
  const former = await readCookies();
  const origin = await readOrigin();
  const check = () => signIn({ email, password }, origin, { former });
  const cookies = await throughSignInGate(origin.address, check);
  if (cookies === "busy") return busyPage();
  if (!cookies) return page(form, { refusal: "errors.wrong-sign-in", status: 401 });
  return seeOther(parseNextPath(form.next ?? "") ?? "/o", cookies);
}

async function answerWithCode(form: FormText): Promise<Response> {
  const channels = messageChannels();
  const contact = parseContact(form.email ?? "");
  if (!contact.ok) {
    const fault = channels.sms ? "signIn.notAContact" : "signIn.notAnEmail";
    return page(form, { fault, status: 422 });
  }
  const hasWay = contact.value.kind === "email" ? channels.email : channels.sms;
  if (!hasWay) return page(form, { fault: "signIn.noWay", status: 422 });
  const sent = await sendCode(contact.value, systemClock.now());
  if (!sent.ok) return page(form, { refusal: "signIn.tooManyCodes", status: 429 });
  const next = parseNextPath(form.next ?? "");
  const query = next === null ? "" : `?next=${encodeURIComponent(next)}`;
  return seeOther(`/sign-in/code${query}`, [challengeCookie(sent.value)]);
}

type Refused = {
  readonly status: number;
  /** About the whole form, or about the e-mail or phone. */
  readonly refusal?: MessageKey;
  readonly fault?: MessageKey;
};

async function page(form: FormText, refused?: Refused): Promise<Response> {
  const frame = await phoneFrame(null);
  const { t } = frame;
  const { signIns } = await readDemo();
  const next = parseNextPath(form.next ?? "");
  const view = {
    action: "/sign-in",
    fields: next === null ? [] : [{ name: "next", value: next }],
    contact: (form.email ?? "").slice(0, 300),
    channels: messageChannels(),
    refusal: refused?.refusal ? t(refused.refusal) : null,
    fault: refused?.fault ? t(refused.fault) : null,
    demoSignIns: signIns.map(({ who, ...rest }) => ({ role: who, ...rest })),
  };
  return renderDocument({
    ...LANGUAGE,
    title: t("signIn.title"),
    status: refused?.status ?? 200,
    children: <SignInPage frame={frame} view={view} />,
  });
}
