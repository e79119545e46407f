"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { refused, textIn } from "@/app/_form/form-answers";
import { shownIn } from "@/app/_form/shown-readings";
import { tokenIssuer } from "@/app/_outside/outside";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { putInMeter } from "@/lib/metering";
import { systemClock } from "@/lib/platform";
import { findBuildingFacts, findUnitId, instantOfCivilTime, setMeterStatus } from "@/lib/property";
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

/** Says which unit the meter serves from a time on, now if none is typed, and what it showed. */
export async function installMeterAction(
  target: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { scope } = await requireOrgScope(target.org, "meter:manage");
  const label = textIn(form, "unit").trim();
  const buildingId = textIn(form, "building");
  const unitId = await findUnitId(scope, { buildingId, label });
  const building = await findBuildingFacts(scope, buildingId);
  if (!unitId || !building) {
    return refused(form, "", { unit: words()("ownMeter.unit-not-found") });
  }
  const { shown, faults } = shownIn(form, words());
  const now = systemClock.now();
  const typedAt = textIn(form, "at");
  const at = typedAt === "" ? now : instantOfCivilTime(typedAt, building.timeZone);
  if (!at || Object.keys(faults).length > 0) {
    return refused(form, "", { ...faults, ...(at ? {} : { at: words()("readingForm.noTime") }) });
  }
  const put = await putInMeter(scope, { meterId: target.meterId, unitId, shown, at, now });
  if (put.ok) return backTo(target);
  return refused(form, words()(`meterLife.${put.error}`));
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
