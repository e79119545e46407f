"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn } from "@/app/_form/form-answers";
import { signInAnew } from "@/app/_form/sign-in-anew";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import { peopleErrorText } from "@/app/_view/people-texts";
import type { FormState } from "@/components/ui/form-state";
import { parseRole } from "@/lib/access/shared";
import { type AfterHandOver, handOver, leaveOrganization } from "@/lib/people";
import { systemClock } from "@/lib/platform";

type Target = { readonly org: string };

const t = translatorFor(LANGUAGE.lang);

/** Takes the person of this request out of the organization; nobody else's can be meant. */
export async function leaveAction(
  { org }: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "building:read");
  const left = await leaveOrganization(scope, systemClock.now());
  if (!left.ok) return refused(form, peopleErrorText(left.error, t));
  await signInAnew(scope.userId, scope.origin);
  redirect("/o" as Route);
}

/** The last administrator hands over, and stays, takes another role or leaves. */
export async function handOverAction(
  { org }: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "member:manage");
  const userId = textIn(form, "to");
  if (userId === "") return refused(form, "", { to: t("peopleError.no-member") });
  const becomes = readBecomes(textIn(form, "becomes"));
  const handed = await handOver(scope, { userId, becomes, now: systemClock.now() });
  if (!handed.ok) return refused(form, peopleErrorText(handed.error, t));
  if (becomes === "stay") redirect(`/o/${scope.slug}/people` as Route);
  await signInAnew(scope.userId, scope.origin);
  redirect((becomes === "leave" ? "/o" : `/o/${scope.slug}`) as Route);
}

/** What is no such word leaves everything with the person who asked. */
function readBecomes(text: string): AfterHandOver {
  if (text === "leave") return text;
  const role = parseRole(text);
  return role === null || role === "administrator" ? "stay" : role;
}
