"use server";

import type { Route } from "next";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn, textsIn } from "@/app/_form/form-answers";
import { signInAnew } from "@/app/_form/sign-in-anew";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import { faultTexts, peopleErrorText } from "@/app/_view/people-texts";
import type { FormState } from "@/components/ui/form-state";
import { changeMember, removeMember } from "@/lib/people";
import { LONGEST_REASON, parseStandingForm, readReason } from "@/lib/people/shared";
import { systemClock } from "@/lib/platform";

type Target = { readonly org: string; readonly userId: string };

const t = translatorFor(LANGUAGE.lang);

/** Gives a member another role and other buildings. */
export async function changeAction(
  { org, userId }: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "member:manage");
  const typed = { role: textIn(form, "role"), reach: textIn(form, "reach") };
  const parsed = parseStandingForm({ ...typed, buildings: textsIn(form, "buildings") });
  if (!parsed.ok) return refused(form, "", faultTexts(parsed.error, t));
  const reason = readReason(textIn(form, "reason")).slice(0, LONGEST_REASON);
  const change = { userId, ...parsed.value, reason, now: systemClock.now() };
  const done = await changeMember(scope, change);
  if (!done.ok) return refusal(form, done.error);
  if (done.value === "asked") return { status: "done", message: t("member.asked") };
  if (userId === scope.userId) {
    await signInAnew(userId, scope.origin);
    redirect(`/o/${scope.slug}` as Route);
  }
  revalidatePath(`/o/${scope.slug}/people`);
  return { status: "done", message: t("member.changed") };
}

/** Removes a member; the own person leaves by a page of its own. */
export async function removeAction(
  { org, userId }: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "member:manage");
  if (userId === scope.userId) redirect(`/o/${scope.slug}/people/leave` as Route);
  const reason = readReason(textIn(form, "reason")).slice(0, LONGEST_REASON);
  const done = await removeMember(scope, { userId, reason, now: systemClock.now() });
  if (!done.ok) return refusal(form, done.error);
  if (done.value === "asked") return { status: "done", message: t("member.asked") };
  revalidatePath(`/o/${scope.slug}/people`);
  redirect(`/o/${scope.slug}/people` as Route);
}

function refusal(form: FormData, error: Parameters<typeof peopleErrorText>[0]): FormState {
  const text = peopleErrorText(error, t);
  return error.code === "reason-needed" ? refused(form, "", { reason: text }) : refused(form, text);
}
