import { renderDocument } from "@/app/_document/document";
import { type FormText, readForm, seeOther } from "@/app/_form/read-form";
import { readOrigin } from "@/app/_scope/request-origin";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { foreignPost } from "@/app/_view/problem";
import { SetupClosedPage, SetupPage } from "@/components/access/setup-page";
import { isSetupLinkOpen, setUpByLink, signIn } from "@/lib/identity";
import { parseSetupForm, type SetupFaults } from "@/lib/identity/shared";
import { systemClock } from "@/lib/platform";

export const dynamic = "force-dynamic";

type Context = { readonly params: Promise<{ readonly secret: string }> };

/** The first administrator's page, behind the one-time link that `npm run setup` printed. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params;
  return (await isSetupLinkOpen(secret, systemClock.now())) ? form(secret, {}, {}) : closed();
}

/** Creates organization and person, signs in and goes on to the console; a refusal keeps names. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const posted = await readForm(request);
  if (!posted) return foreignPost();
  const { secret } = await params;
  const now = systemClock.now();
  // Asked before the fields are: whoever holds no link learns nothing by posting.
  if (!(await isSetupLinkOpen(secret, now))) return closed();
  const parsed = parseSetupForm(posted);
  if (!parsed.ok) return form(secret, posted, parsed.error);
  const made = await setUpByLink({ secret, form: parsed.value }, now);
  if (!made.ok) return closed();
  const { email, password } = parsed.value.person;
  const cookies = await signIn({ email, password }, await readOrigin());
  return cookies ? seeOther("/o", cookies) : seeOther("/sign-in");
}

async function form(secret: string, typed: FormText, faults: SetupFaults): Promise<Response> {
  const frame = await phoneFrame(null);
  const view = { action: `/setup/${secret}`, typed, faults };
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("setup.title"),
    status: Object.keys(faults).length > 0 ? 422 : 200,
    children: <SetupPage frame={frame} view={view} />,
  });
}

async function closed(): Promise<Response> {
  const frame = await phoneFrame(null);
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("setup.closedTitle"),
    status: 404,
    children: <SetupClosedPage frame={frame} signInHref="/sign-in" />,
  });
}
