import { renderDocument } from "@/app/_document/document";
import { readForm, seeOther } from "@/app/_form/read-form";
import { readOrigin } from "@/app/_scope/request-origin";
import { readCookies } from "@/app/_scope/signed-in";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { foreignPost } from "@/app/_view/problem";
import { SignInClosedPage, SignInLinkPage } from "@/components/access/sign-in-code-page";
import { findLinkContact, signInAs, signInByLink } from "@/lib/identity";
import { CHALLENGE_MINUTES } from "@/lib/identity/shared";
import { systemClock } from "@/lib/platform";
import { challengeCookie } from "../../challenge-cookie";

export const dynamic = "force-dynamic";

type Context = { readonly params: Promise<{ readonly secret: string }> };

/** The e-mailed link only shows a button: mail programs open links to look at them. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params;
  const contact = await findLinkContact(secret, systemClock.now());
  if (!contact) return closed();
  const frame = await phoneFrame(null);
  const view = { action: `/sign-in/link/${secret}`, contact: contact.value };
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("signInLink.title"),
    children: <SignInLinkPage frame={frame} view={view} />,
  });
}

/** Signs in, in whichever browser it is, once. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  if (!(await readForm(request))) return foreignPost();
  const { secret } = await params;
  const now = systemClock.now();
  const proved = await signInByLink(secret, now);
  if (!proved.ok) return closed();
  const former = await readCookies();
  const lines = await signInAs(proved.value, await readOrigin(), { former, now });
  return seeOther("/o", [...lines, challengeCookie("")]);
}

async function closed(): Promise<Response> {
  const frame = await phoneFrame(null);
  const minutes = String(CHALLENGE_MINUTES);
  const view = { what: "signInLink", signInHref: "/sign-in", minutes } as const;
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("signInLink.closedTitle"),
    status: 404,
    children: <SignInClosedPage frame={frame} view={view} />,
  });
}
