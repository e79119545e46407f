"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn } from "@/app/_form/form-answers";
import { tokenIssuer } from "@/app/_outside/outside";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { recordReadings } from "@/lib/metering";
import { parseKwh, parseQuantity } from "@/lib/metering/shared";
import { systemClock } from "@/lib/platform";
import { findUnitId, installMeter, setMeterStatus, takeMeterOut } from "@/lib/property";
import { SignerAwayError } from "@/lib/signer";
import {
  answerMeterTest,
  issueApproved,
  parseEnergySteps,
  requestFreeIssue,
  startMeterTest,
} from "@/lib/vending";

type Target = { readonly org: string; readonly meterId: string };

const STEP_WH = 100n;
const words = () => translatorFor(LANGUAGE.lang);

/** Whoever comes back sees the meter as it is now. */
function backTo({ org, meterId }: Target): never {
  revalidatePath(`/o/${org}/meters/${meterId}`);
  redirect(`/o/${org}/meters/${meterId}`);
}

/** Asks a second person for a test token. */
export async function startTestAction(
  target: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(target.org, "meter:manage");
  const reason = textIn(form, "reason").trim();
  if (reason === "") return refused(form, "", { reason: words()("ownMeter.reasonMissing") });
  const { meterId } = target;
  const started = await startMeterTest(scope, { meterId, reason, now: systemClock.now() });
  if (!started.ok) return refused(form, words()(`ownMeter.${started.error.code}`));
  return backTo(target);
}

/** Makes what was approved; a repeat shows the same token. */
export async function makeTokenAction(
  target: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(target.org, "token:free-issue");
  const approvalId = textIn(form, "approvalId");
  try {
    const making = { approvalId, issuer: tokenIssuer(), now: systemClock.now() };
    const made = await issueApproved(scope, making);
    if (!made.ok) return refused(form, words()(`ownMeter.${made.error.code}`));
  } catch (error) {
    // What was reserved stays so, and the worker comes back to it: the page says that it comes.
    if (!(error instanceof SignerAwayError)) throw error;
  }
  return backTo(target);
}

/** By how much the meter's credit rose. */
export async function answerTestAction(
  target: Target & { readonly testId: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(target.org, "meter:manage");
  const { meterId, testId } = target;
  const roseText = textIn(form, "rose");
  const answer = { meterId, testId, roseText, now: systemClock.now() };
  const answered = await answerMeterTest(scope, answer);
  if (answered.ok) return backTo(target);
  const { error } = answered;
  const values = error.code === "wrong" ? { count: error.triesLeft } : {};
  const sentence = words()(`ownMeter.${error.code}`, values);
  const isAboutField = error.code === "wrong" || error.code === "not-a-figure";
  return isAboutField ? refused(form, "", { rose: sentence }) : refused(form, sentence);
}

/** Asks a second person for power without payment. */
export async function requestFreeIssueAction(
  target: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(target.org, "token:free-issue");
  const units = parseEnergySteps(textIn(form, "energy"));
  const { meterId } = target;
  const asked = await requestFreeIssue(scope, {
    meterId,
    energyWh: (units ?? 0n) * STEP_WH,
    reason: textIn(form, "reason"),
    now: systemClock.now(),
  });
  if (asked.ok) return backTo(target);
  const { code } = asked.error;
  const sentence = words()(`ownMeter.${code}`);
  if (code === "energy-out-of-range") return refused(form, "", { energy: sentence });
  return code === "reason-missing"
    ? refused(form, "", { reason: sentence })
    : refused(form, sentence);
}

/** Says which unit the meter serves from now on. */
export async function installMeterAction(
  target: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(target.org, "meter:manage");
  const label = textIn(form, "unit").trim();
  const unitId = await findUnitId(scope, { buildingId: textIn(form, "building"), label });
  if (!unitId) return refused(form, "", { unit: words()("ownMeter.unit-not-found") });
  const { meterId } = target;
  const installed = await installMeter(scope, { meterId, unitId, startsAt: systemClock.now() });
  if (installed.ok) return backTo(target);
  const sentence = words()(`ownMeter.${installed.error}`);
  return installed.error === "unit-not-found"
    ? refused(form, "", { unit: sentence })
    : refused(form, sentence);
}

/** Takes the meter out of its unit, after its last reading where it shows one. */
export async function takeOutAction(
  target: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(target.org, "meter:manage");
  const t = words();
  const { meterId } = target;
  const now = systemClock.now();
  const reason = textIn(form, "reason").trim();
  const quantity = parseQuantity(textIn(form, "shows"));
  const value = parseKwh(textIn(form, "value"));
  const isValueMissing = quantity !== null && !value.ok;
  if (reason === "" || isValueMissing) {
    return refused(form, "", {
      ...(reason === "" ? { reason: t("ownMeter.takeOutReasonMissing") } : {}),
      ...(isValueMissing ? { value: t("ownMeter.takeOutValueMissing") } : {}),
    });
  }
  if (quantity && value.ok) {
    // First, while it hangs: what is read is true whether or not it can be taken out.
    const reading = { meterId, quantity, at: now, value: value.value };
    const recorded = await recordReadings(scope, [reading], now);
    const outcome = recorded.ok ? recorded.value[0] : undefined;
    if (!outcome || outcome.outcome === "refused") {
      return refused(form, "", { value: t(`readingForm.${outcome?.reason ?? "not-a-value"}`) });
    }
  }
  const taken = await takeMeterOut(scope, { meterId, reason, now });
  return taken.ok ? backTo(target) : refused(form, t(`ownMeter.${taken.error}`));
}

/** Stops sales for the meter, or opens them again. */
export async function setSalesAction(
  target: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(target.org, "meter:manage");
  const status = textIn(form, "status") === "blocked" ? "blocked" : "active";
  const set = await setMeterStatus(scope, target.meterId, status, systemClock.now());
  return set.ok ? backTo(target) : refused(form, words()(`ownMeter.${set.error}`));
}
