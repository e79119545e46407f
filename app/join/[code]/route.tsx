import { renderDocument } from "@/app/_document/document";
import { type FormText, readForm, seeOther } from "@/app/_form/read-form";
import { readOrigin } from "@/app/_scope/request-origin";
import { findPerson, readCookies } from "@/app/_scope/signed-in";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { foreignPost } from "@/app/_view/problem";
import { JoinClosedPage, JoinPage } from "@/components/access/join-page";
import { findSignedIn, registerPerson, signIn, signInAs } from "@/lib/identity";
import { signInAddress } from "@/lib/identity/shared";
import { systemClock } from "@/lib/platform";
import { acceptInvitation, findInvitation, type InvitationView } from "@/lib/property";
import { type JoinFaults, type JoinForm, parseJoinForm } from "@/lib/property/shared";

export const dynamic = "force-dynamic";

type Context = { readonly params: Promise<{ readonly code: string }> };
type Faults = JoinFaults | { readonly contact: "contact-taken" };

/** What a printed invitation's code opens: whose home it is, masked, and the way into it. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { code } = await params;
  const invitation = await findInvitation(code, systemClock.now());
  return invitation ? open(code, invitation, {}, {}) : closed();
}

/** Lets the signed-in, or somebody new who says who they are, into the lease. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const posted = await readForm(request);
  if (!posted) return foreignPost();
  const { code } = await params;
  const person = await findPerson();
  // The button says as whom: a page from before a sign-in or a sign-out is shown anew.
  if (posted.as !== undefined) {
    // The session goes on: a second tap, which many phones send, must find it.
    if (posted.as === person?.userId) return enter(code, person.userId, async () => []);
    return seeOther(`/join/${encodeURIComponent(code)}`);
  }
  const invitation = await findInvitation(code, systemClock.now());
  if (!invitation) return closed();
  if (person) return seeOther(`/join/${encodeURIComponent(code)}`);
  const parsed = parseJoinForm(posted);
  if (!parsed.ok) return open(code, invitation, posted, parsed.error);
  return (
    (await register(code, parsed.value)) ??
    open(code, invitation, posted, { contact: "contact-taken" })
  );
}

/**
 * Somebody new, or who has an account with this very password: a second click finds what the first
 * has made. Null where the e-mail or phone is somebody else's.
 */
async function register(code: string, form: JoinForm): Promise<Response | null> {
  const { name, contact, password } = form;
  const origin = await readOrigin();
  const now = systemClock.now();
  const email = contact.kind === "email" ? contact.value : null;
  const phone = contact.kind === "phone" ? { phone: contact.value } : {};
  const made = await registerPerson({ name, email, ...phone, password, now });
  if (made.ok) {
    const session = async () => signInAs(made.value, origin, { former: await readCookies() });
    return enter(code, made.value, session);
  }
  const cookies = await signIn({ email: contact.value, password }, origin);
  const known = cookies && (await findSignedIn(valuesOf(cookies)));
  return known ? enter(code, known.userId, async () => cookies) : null;
}

/** Accepts as a person and goes home, in a session that begins once the home is theirs. */
async function enter(
  code: string,
  userId: string,
  session: () => Promise<readonly string[]>,
): Promise<Response> {
  const origin = await readOrigin();
  const accepted = await acceptInvitation({ code, userId, origin }, systemClock.now());
  return accepted.ok ? seeOther("/home", await session()) : closed();
}

/** The names and values of Set-Cookie lines. */
function valuesOf(lines: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines.map((line) => {
      const [pair = ""] = line.split(";");
      const split = pair.indexOf("=");
      return [pair.slice(0, split), decodeURIComponent(pair.slice(split + 1))];
    }),
  );
}

async function open(
  code: string,
  invitation: InvitationView,
  typed: FormText,
  faults: Faults,
): Promise<Response> {
  const frame = await phoneFrame(invitation.organizationName);
  const person = await findPerson();
  const path = `/join/${encodeURIComponent(code)}`;
  const view = {
    ...invitation,
    action: path,
    signInHref: signInAddress(path),
    person,
    typed,
    faults,
  };
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("join.title"),
    status: Object.keys(faults).length > 0 ? 422 : 200,
    children: <JoinPage frame={frame} view={view} />,
  });
}

async function closed(): Promise<Response> {
  const frame = await phoneFrame(null);
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("join.closedTitle"),
    status: 404,
    children: <JoinClosedPage frame={frame} codeHref="/join" />,
  });
}
