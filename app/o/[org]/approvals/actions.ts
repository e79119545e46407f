"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn } from "@/app/_form/form-answers";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { decideApproval, withdrawApproval } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import { CARRY_OUT } from "./carry-out";

type Target = { readonly org: string; readonly isApproved: boolean };

/** Approves or declines what was read: the form carries the request's id and its hash. */
export async function decideApprovalAction(
  { org, isApproved }: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "approval:read");
  const approvalId = textIn(form, "approvalId");
  const requestHash = textIn(form, "requestHash");
  const decision = { approvalId, requestHash, isApproved, now: systemClock.now() };
  // Which kind it is, and whether it is one's own affair, is read from the request itself.
  const decided = await decideApproval(scope, decision, async (tx, approval) => {
    await CARRY_OUT[approval.kind]?.(tx, approval);
  });
  if (!decided.ok)
    return refused(form, translatorFor(LANGUAGE.lang)(`approvals.${decided.error.code}`));
  revalidatePath(`/o/${org}/approvals`);
  redirect(`/o/${org}/approvals?done=${isApproved ? "approved" : "declined"}`);
}

/** Takes one's own request back. */
export async function withdrawApprovalAction(
  { org }: { readonly org: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(org, "approval:read");
  const approvalId = textIn(form, "approvalId");
  const withdrawn = await withdrawApproval(scope, approvalId, systemClock.now());
  if (!withdrawn.ok) {
    return refused(form, translatorFor(LANGUAGE.lang)(`approvals.${withdrawn.error.code}`));
  }
  revalidatePath(`/o/${org}/approvals`);
  redirect(`/o/${org}/approvals?done=withdrawn`);
}
