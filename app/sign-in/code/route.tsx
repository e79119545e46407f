import { renderDocument } from "@/app/_document/document";
import { readForm, seeOther } from "@/app/_form/read-form";
import { hasOutbox } from "@/app/_outside/outbox";
import { readOrigin } from "@/app/_scope/request-origin";
import { readCookies } from "@/app/_scope/signed-in";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { foreignPost } from "@/app/_view/problem";
import { SignInClosedPage, SignInCodePage } from "@/components/access/sign-in-code-page";
import { findChallengeContact, signInAs, signInByCode } from "@/lib/identity";
import { CHALLENGE_MINUTES, parseNextPath, signInAddress } from "@/lib/identity/shared";
import { systemClock } from "@/lib/platform";
import { challengeCookie, challengeIn } from "../challenge-cookie";

export const dynamic = "force-dynamic";

type Shown = { readonly next: string | null; readonly triesLeft: number | null };

/** Where the six digits are typed that this browser was promised. */
export async function GET(request: Request): Promise<Response> {
  const next = parseNextPath(new URL(request.url).searchParams.get("next") ?? "");
  return page({ next, triesLeft: null });
}

/** Signs in by the code and goes on; a wrong one says how many tries are left. */
export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request);
  if (!form) return foreignPost();
  const cookies = await readCookies();
  const next = parseNextPath(form.next ?? "");
  const now = systemClock.now();
  const typed = { challengeId: challengeIn(cookies), code: form.code ?? "" };
  const proved = await signInByCode(typed, now);
  if (proved.ok) {
    const lines = await signInAs(proved.value, await readOrigin(), { former: cookies, now });
    return seeOther(next ?? "/o", [...lines, challengeCookie("")]);
  }
  const triesLeft = proved.error.code === "wrong-code" ? proved.error.triesLeft : null;
  return page({ next, triesLeft });
}

async function page({ next, triesLeft }: Shown): Promise<Response> {
  const challengeId = challengeIn(await readCookies());
  const contact = await findChallengeContact(challengeId, systemClock.now());
  const frame = await phoneFrame(null);
  const { t } = frame;
  const minutes = String(CHALLENGE_MINUTES);
  if (!contact) {
    const view = { what: "signInCode", signInHref: signInAddress(next), minutes } as const;
    return renderDocument({
      ...LANGUAGE,
      title: t("signInCode.closedTitle"),
      status: 404,
      children: <SignInClosedPage frame={frame} view={view} />,
    });
  }
  const view = {
    action: "/sign-in/code",
    fields: next === null ? [] : [{ name: "next", value: next }],
    contact: contact.value,
    hasLink: contact.kind === "email",
    minutes,
    error: triesLeft === null ? null : t("signInCode.wrong", { tries: triesLeft }),
    signInHref: signInAddress(next),
    outboxHref: (await hasOutbox()) ? "/outbox" : null,
  };
  return renderDocument({
    ...LANGUAGE,
    title: t("signInCode.title"),
    status: triesLeft === null ? 200 : 401,
    children: <SignInCodePage frame={frame} view={view} />,
  });
}
