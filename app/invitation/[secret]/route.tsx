import { renderDocument } from "@/app/_document/document";
import { type FormText, readForm, seeOther } from "@/app/_form/read-form";
import { readOrigin } from "@/app/_scope/request-origin";
import { findPerson, readCookies } from "@/app/_scope/signed-in";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { foreignPost } from "@/app/_view/problem";
import { InvitationClosedPage, InvitationPage } from "@/components/people/invitation-page";
import { findPersons, signInAs } from "@/lib/identity";
import { parsePersonForm, type SetupFaults } from "@/lib/identity/shared";
import {
  acceptAsNewPerson,
  acceptInvitation,
  findInvitation,
  type InvitationOffer,
} from "@/lib/people";
import { systemClock } from "@/lib/platform";
import { offerView } from "./offer-view";

export const dynamic = "force-dynamic";

type Context = { readonly params: Promise<{ readonly secret: string }> };

/** Who is invited to what, and the one thing to do about it: join, sign in, or sign out. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params;
  const offer = await findInvitation(secret, systemClock.now());
  return offer ? page(secret, offer, {}) : closed();
}

/** Joins: as a new person with name and password, or as the one who is signed in. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const posted = await readForm(request);
  if (!posted) return foreignPost();
  const { secret } = await params;
  const now = systemClock.now();
  // Asked before the fields are: whoever holds no link learns nothing by posting.
  const offer = await findInvitation(secret, now);
  if (!offer) return closed();
  const person = await findPerson();
  const acceptance = { secret, origin: await readOrigin(), now };
  if (!person && offer.isKnown) return seeOther(signInHref(secret));
  if (person) return after(await acceptInvitation(person, acceptance), secret, offer);
  const parsed = parsePersonForm(posted);
  if (!parsed.ok) return page(secret, offer, { typed: posted, faults: parsed.error });
  return after(await acceptAsNewPerson(parsed.value, acceptance), secret, offer);
}

const signInHref = (secret: string) =>
  `/sign-in?next=${encodeURIComponent(`/invitation/${secret}`)}`;

/** Joined: with a session of its own, for the one before was made for lesser rights. */
async function after(
  done: Awaited<ReturnType<typeof acceptInvitation>>,
  secret: string,
  offer: InvitationOffer,
): Promise<Response> {
  if (done.ok) {
    const { userId, slug } = done.value;
    const former = await readCookies();
    return seeOther(`/o/${slug}`, await signInAs(userId, await readOrigin(), { former }));
  }
  switch (done.error.code) {
    case "closed":
      return closed();
    case "wrong-person":
      return page(secret, offer, {});
    case "already-member":
      return seeOther("/o");
    case "sign-in-first":
      return seeOther(signInHref(secret));
  }
}

async function page(
  secret: string,
  offer: InvitationOffer,
  given: { readonly typed?: FormText; readonly faults?: SetupFaults },
): Promise<Response> {
  const frame = await phoneFrame(null);
  const { t } = frame;
  const person = await findPerson();
  const email = person && (await findPersons([person.userId])).get(person.userId)?.email;
  const isForYou = email?.toLowerCase() === offer.email;
  const faults = given.faults ?? {};
  const view = {
    ...offerView(offer, t),
    action: `/invitation/${secret}`,
    step: stepOf(),
    typedName: given.typed?.name ?? "",
    faults,
  };
  const refusal = Object.keys(faults).length > 0 ? 422 : 200;
  return renderDocument({
    ...LANGUAGE,
    title: view.title,
    status: person && !isForYou ? 403 : refusal,
    children: <InvitationPage frame={frame} view={view} />,
  });

  function stepOf() {
    if (person) {
      return isForYou
        ? ({ kind: "accept", personName: person.name } as const)
        : ({ kind: "other-person", signOutAction: "/sign-out" } as const);
    }
    return offer.isKnown
      ? ({ kind: "sign-in", href: signInHref(secret) } as const)
      : ({ kind: "new-person" } as const);
  }
}

async function closed(): Promise<Response> {
  const frame = await phoneFrame(null);
  return renderDocument({
    ...LANGUAGE,
    title: frame.t("invitation.closedTitle"),
    status: 404,
    children: <InvitationClosedPage frame={frame} signInHref="/sign-in" />,
  });
}
