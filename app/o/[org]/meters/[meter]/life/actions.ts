"use server";

import { revalidatePath } from "next/cache";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { enterReading } from "@/app/_form/enter-reading";
import { refused, textIn } from "@/app/_form/form-answers";
import { shownIn } from "@/app/_form/shown-readings";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import type { OrgScope } from "@/lib/access/shared";
import { closeStay, swapMeter, type TakenOut, takeOutMeter } from "@/lib/metering";
import { formatEnergy } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { archiveMeter, findBuildingFacts, findMeter, instantOfCivilTime } from "@/lib/property";

type Target = { readonly org: string; readonly meterId: string };
type OfStay = Target & { readonly installationId: string };

const t = translatorFor(LANGUAGE.lang);
const told = ({ org, meterId }: Target, message: string): FormState => {
  revalidatePath(`/o/${org}/meters/${meterId}`);
  return { status: "done", message };
};

/** Where the meter hangs now; a page of somebody else's is none. */
async function placeOf(scope: OrgScope, meterId: string, now: Date) {
  const meter = await findMeter(scope, meterId, now);
  if (!meter) notFound();
  return meter.buildingId === null ? null : await findBuildingFacts(scope, meter.buildingId);
}

type Place = NonNullable<Awaited<ReturnType<typeof placeOf>>>;

/** What a take-out and a swap both ask; or the refusal. */
function outIn(form: FormData, place: Place) {
  const at = instantOfCivilTime(textIn(form, "at"), place.timeZone);
  const { shown, faults } = shownIn(form, t);
  const reason = textIn(form, "reason");
  const all = {
    ...faults,
    ...(at ? {} : { at: t("readingForm.noTime") }),
    ...(reason.trim() === "" ? { reason: t("meterLife.reason-missing") } : {}),
  };
  return at && Object.keys(all).length === 0
    ? ({ ok: true, out: { at, shown, reason } } as const)
    : ({ ok: false, refusal: refused(form, "", all) } as const);
}

/** The credit that stayed on it is said, so that somebody can give it back. */
function outText({ remainingWh, isWaiting }: TakenOut, { locale }: Place): string {
  const energy = remainingWh === null ? null : formatEnergy(remainingWh, locale);
  const left = remainingWh
    ? t("meterLife.left", { energy: energy ?? "" })
    : t(remainingWh === 0n ? "meterLife.leftNothing" : "meterLife.leftUnknown");
  return [left, ...(isWaiting ? [t("meterLife.waits")] : [])].join(" ");
}

/** Takes the meter out of its unit, with its closing reading. */
export async function takeOutMeterAction(
  bound: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const target = boundTexts(bound, "org", "meterId");
  const { scope } = await requireOrgScope(target.org, "meter:manage");
  const now = systemClock.now();
  const { meterId } = target;
  const place = await placeOf(scope, meterId, now);
  if (!place) return refused(form, t("meterLife.meter-not-in"));
  const asked = outIn(form, place);
  if (!asked.ok) return asked.refusal;
  const done = await takeOutMeter(scope, { meterId, ...asked.out, now });
  if (!done.ok) return refused(form, t(`meterLife.${done.error}`));
  return told(target, `${t("meterLife.takenOut")} ${outText(done.value, place)}`);
}

/** Puts another meter in this one's place, with the readings of both. */
export async function swapMeterAction(
  bound: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const target = boundTexts(bound, "org", "meterId");
  const { scope } = await requireOrgScope(target.org, "meter:manage");
  const now = systemClock.now();
  const { meterId } = target;
  const place = await placeOf(scope, meterId, now);
  if (!place) return refused(form, t("meterLife.meter-not-in"));
  const asked = outIn(form, place);
  if (!asked.ok) return asked.refusal;
  const opening = shownIn(form, t, "new-");
  if (Object.keys(opening.faults).length > 0) return refused(form, "", opening.faults);
  const newNumber = numberIn(form);
  const swap = { meterId, ...asked.out, newNumber, newShown: opening.shown, now };
  const done = await swapMeter(scope, swap);
  if (done.ok) return told(target, `${t("meterLife.swapped")} ${outText(done.value, place)}`);
  const sentence = t(`meterLife.${done.error}`);
  const isOfNumber = done.error === "new-meter-not-found" || done.error === "same-meter";
  return isOfNumber ? refused(form, "", { newNumber: sentence }) : refused(form, sentence);
}

/** As it is printed: the digits of a prepayment meter stand in groups there. */
function numberIn(form: FormData): string {
  const typed = textIn(form, "newNumber").trim().toUpperCase();
  const digits = typed.replaceAll(/\s/gu, "");
  return /^\d+$/u.test(digits) ? digits : typed;
}

/** The last reading of a stay that ended without one. */
export async function closingReadingAction(
  bound: OfStay,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const target = boundTexts(bound, "org", "meterId", "installationId");
  const { scope } = await requireOrgScope(target.org, "meter:manage");
  const { shown, faults } = shownIn(form, t);
  if (Object.keys(faults).length > 0) return refused(form, "", faults);
  if (shown.length === 0) return refused(form, t("meterLife.nothing-read"));
  const { meterId, installationId } = target;
  const closed = await closeStay(scope, {
    ...{ meterId, installationId, shown },
    now: systemClock.now(),
  });
  if (!closed.ok) return refused(form, t(`meterLife.${closed.error}`));
  return told(target, t(closed.value.isWaiting ? "meterLife.waits" : "meterLife.closed"));
}

/** What the meter shows, typed by whoever stands before it. */
export async function enterMeterReadingAction(
  bound: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const target = boundTexts(bound, "org", "meterId");
  const { scope } = await requireOrgScope(target.org, "reading:write");
  const now = systemClock.now();
  const { meterId } = target;
  const place = await placeOf(scope, meterId, now);
  if (!place) return refused(form, t("readingForm.noMeter"));
  const entered = await enterReading(scope, { meterId, timeZone: place.timeZone, now }, form);
  return typeof entered === "string" ? told(target, entered) : entered;
}

/** Puts a meter that is out among the archived. */
export async function archiveMeterAction(
  bound: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return await setArchived(bound, form, true);
}

/** Brings an archived meter back, to be put in again. */
export async function restoreMeterAction(
  bound: Target,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return await setArchived(bound, form, false);
}

async function setArchived(bound: Target, form: FormData, isArchived: boolean) {
  const target = boundTexts(bound, "org", "meterId");
  const { scope } = await requireOrgScope(target.org, "meter:manage");
  const { meterId } = target;
  const done = await archiveMeter(scope, { meterId, isArchived, now: systemClock.now() });
  if (!done.ok) return refused(form, t(`meterLife.${done.error}`));
  return told(target, t(isArchived ? "meterLife.archived" : "meterLife.restored"));
}
