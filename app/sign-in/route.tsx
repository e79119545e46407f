import { renderDocument } from "@/app/_document/document";
import { readForm, seeOther } from "@/app/_form/read-form";
import { readDemo } from "@/app/_outside/demo";
import { readOrigin } from "@/app/_scope/request-origin";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { busyPage, foreignPost } from "@/app/_view/problem";
import { SignInPage } from "@/components/access/sign-in-page";
import { signIn, throughSignInGate } from "@/lib/identity";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  return page("", false);
}

/**
 * Signs in and goes on to the console; a refusal keeps the e-mail and never says which was wrong.
 */
export async function POST(request: Request): Promise<Response> {
  const form = await readForm(request);
  if (!form) return foreignPost();
  const { email = "", password = "" } = form;
  const { address } = await readOrigin();
  const cookies = await throughSignInGate(address, () => signIn({ email, password }));
  if (cookies === "busy") return busyPage();
  return cookies ? seeOther("/o", cookies) : page(email, true);
}

async function page(email: string, isRefused: boolean): Promise<Response> {
  const frame = await phoneFrame(null);
  const { t } = frame;
  const { signIns } = await readDemo();
  const view = {
    action: "/sign-in",
    fields: [],
    email,
    refusal: isRefused ? t("errors.wrong-sign-in") : null,
    demoSignIns: signIns.map(({ who, ...rest }) => ({ role: who, ...rest })),
  };
  return renderDocument({
    ...LANGUAGE,
    title: t("signIn.title"),
    status: isRefused ? 401 : 200,
    children: <SignInPage frame={frame} view={view} />,
  });
}
