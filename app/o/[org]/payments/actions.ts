"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { refused, textIn } from "@/app/_form/form-answers";
import { tokenIssuer } from "@/app/_outside/outside";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { systemScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { decideCase } from "@/lib/payments";
import { parseCaseDecision } from "@/lib/payments/shared";
import { log, systemClock, webEnv } from "@/lib/platform";
import { decideClaim, sellFromCase, vendPurchase } from "@/lib/vending";

const t = translatorFor(LANGUAGE.lang);

/** What is wrong with the meter that was typed. */
const MEETS_A_METER: readonly string[] = ["meter-not-found", "other-currency", "no-sale"];

/** The money is safe before: should the token fail, the sweep makes it. */
async function vendFor({ organizationId }: OrgScope, purchaseId: string, now: Date): Promise<void> {
  const acting = systemScope(organizationId, "money that a person found");
  await vendPurchase(acting, { purchaseId, issuer: tokenIssuer(), now }).catch(() => {
    log().warn({ purchaseId }, "the sweep will vend");
  });
}

/** Decides what becomes of money that waits for a person. */
export async function decideCaseAction(
  bound: { readonly org: string; readonly caseId: string; readonly decision: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, caseId, decision: word } = boundTexts(bound, "org", "caseId", "decision");
  const { scope } = await requireOrgScope(org, "payment:manage");
  const decision = parseCaseDecision(word);
  if (!decision) return refused(form, t("payments.not-possible"));
  const meterNumber = textIn(form, "meterNumber");
  const decided = await decideCase(scope, {
    ...{ caseId, decision, meterNumber },
    now: systemClock.now(),
  });
  if (!decided.ok) {
    const text = t(`payments.${decided.error}`);
    return MEETS_A_METER.includes(decided.error)
      ? refused(form, "", { meterNumber: text })
      : refused(form, text);
  }
  revalidatePath(`/o/${org}/payments`);
  return { status: "done", message: t("payments.decided") };
}

/** Buys for a meter with money that waits for a person. */
export async function sellCaseAction(
  bound: { readonly org: string; readonly caseId: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, caseId } = boundTexts(bound, "org", "caseId");
  const { scope } = await requireOrgScope(org, "payment:manage");
  const { NEXTAUTH_SECRET: addressKey } = webEnv();
  const now = systemClock.now();
  const meterNumber = textIn(form, "meterNumber");
  const sold = await sellFromCase(scope, { caseId, meterNumber, addressKey, now });
  if (!sold.ok) {
    const text = t(`payments.${sold.error}`);
    return MEETS_A_METER.includes(sold.error)
      ? refused(form, "", { meterNumber: text })
      : refused(form, text);
  }
  await vendFor(scope, sold.value.purchaseId, now);
  revalidatePath(`/o/${org}/payments`);
  return { status: "done", message: t("payments.sold") };
}

/** What somebody found who looked for money that a call spoke of and nobody confirmed. */
export async function decideClaimAction(
  bound: { readonly org: string; readonly claimId: string; readonly found: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, claimId, found } = boundTexts(bound, "org", "claimId", "found");
  const { scope } = await requireOrgScope(org, "payment:manage");
  const now = systemClock.now();
  const { NEXTAUTH_SECRET: addressKey } = webEnv();
  const isThere = found === "yes";
  const decided = await decideClaim(scope, { claimId, isThere, addressKey, now });
  if (!decided.ok) return refused(form, t("payments.claimOver"));
  const { purchaseId } = decided.value;
  if (purchaseId) await vendFor(scope, purchaseId, now);
  revalidatePath(`/o/${org}/payments`);
  if (!isThere) return { status: "done", message: t("payments.claimDropped") };
  return { status: "done", message: t("payments.claimTaken") };
}
