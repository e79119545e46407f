"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn, textsIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import { faultTexts, peopleErrorText } from "@/app/_view/people-texts";
import type { FormState } from "@/components/ui/form-state";
import { inviteStaff, renewInvitation, revokeInvitation } from "@/lib/people";
import { parseInvitationForm } from "@/lib/people/shared";
import { systemClock } from "@/lib/platform";
import { sendInvitation } from "./send-invitation";

type Target = { readonly org: string };
type Which = Target & { readonly invitationId: string };

const t = translatorFor(LANGUAGE.lang);

/** Invites staff. */
export async function inviteAction(
  { org }: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const visit = await requireOrgScope(org, "member:manage");
  const role = textIn(form, "role");
  // Support has a form and a permission of its own.
  return invite(visit, form, role === "support" ? "" : role);
}

/** Invites support for some hours. */
export async function inviteSupportAction(
  { org }: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const visit = await requireOrgScope(org, "support:grant");
  return invite(visit, form, "support");
}

async function invite(
  visit: Awaited<ReturnType<typeof requireOrgScope>>,
  form: FormData,
  role: string,
): Promise<FormState> {
  const parsed = parseInvitationForm({
    email: textIn(form, "email"),
    role,
    reach: textIn(form, "reach"),
    buildings: textsIn(form, "buildings"),
    hours: textIn(form, "hours"),
    reason: textIn(form, "reason"),
    replaces: textsIn(form, "replaces").length > 0,
  });
  if (!parsed.ok) return refused(form, t("people.nothingInvited"), faultTexts(parsed.error, t));
  const invited = await inviteStaff(visit.scope, parsed.value, systemClock.now());
  if (!invited.ok) {
    const text = peopleErrorText(invited.error, t);
    const isReason = invited.error.code === "reason-needed";
    return refused(
      form,
      isReason ? t("people.nothingInvited") : text,
      isReason ? { reason: text } : {},
    );
  }
  revalidatePath(`/o/${visit.scope.slug}/people`);
  return sendInvitation(visit, invited.value, t);
}

/** Sends an invitation again, by a new link; the one before opens nothing any more. */
export async function renewAction(
  { org, invitationId }: Which,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const visit = await requireOrgScope(org, "member:manage");
  const renewed = await renewInvitation(visit.scope, { invitationId, now: systemClock.now() });
  if (!renewed.ok) return refused(form, peopleErrorText(renewed.error, t));
  revalidatePath(`/o/${visit.scope.slug}/people`);
  return sendInvitation(visit, renewed.value, t);
}

/** Takes an invitation back. */
export async function revokeAction(
  { org, invitationId }: Which,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "member:manage");
  const revoked = await revokeInvitation(scope, { invitationId, now: systemClock.now() });
  if (!revoked.ok) return refused(form, peopleErrorText(revoked.error, t));
  revalidatePath(`/o/${scope.slug}/people`);
  return { status: "done", message: t("people.revoked") };
}
