"use server";

import { revalidatePath } from "next/cache";
import { translatorFor } from "@/app/_document/translator";
import { boundTexts } from "@/app/_form/bound-texts";
import { enterReading } from "@/app/_form/enter-reading";
import { refused, textIn } from "@/app/_form/form-answers";
import { shownIn } from "@/app/_form/shown-readings";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { LANGUAGE } from "@/app/_view/frames";
import type { FormState } from "@/components/ui/form-state";
import { addReadMeter } from "@/lib/metering";
import { systemClock } from "@/lib/platform";
import {
  addBeds,
  endLease,
  findUnit,
  instantOfCivilTime,
  listMetersOfUnit,
  setResidentContact,
  startLease,
  withdrawInvitation,
} from "@/lib/property";
import {
  dayAfter,
  parseBedLabels,
  parseCivilDay,
  parseReadNumber,
  parseResidentContact,
  parseResidentName,
  parseResource,
} from "@/lib/property/shared";

type OfUnit = { readonly org: string; readonly unitId: string };
type OfLease = OfUnit & { readonly leaseId: string };

const t = translatorFor(LANGUAGE.lang);
const told = (org: string, unitId: string, message: string): FormState => {
  revalidatePath(`/o/${org}/units/${unitId}`);
  return { status: "done", message };
};

/** Lets a unit, or one of its beds, to a resident from a day on. */
export async function startLeaseAction(
  bound: OfUnit,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, unitId } = boundTexts(bound, "org", "unitId");
  const { scope } = await requireOrgScope(org, "lease:manage");
  const name = parseResidentName(textIn(form, "name"));
  const startsOn = parseCivilDay(textIn(form, "startsOn"));
  const contact = parseContactOf(form);
  if (!name.ok || !startsOn.ok || !contact.ok) {
    return refused(form, "", {
      ...(name.ok ? {} : { name: t(`residentFault.${name.error}`) }),
      ...(startsOn.ok ? {} : { startsOn: t("leaseError.not-a-day") }),
      ...(contact.ok ? {} : contactFaults(contact.error)),
    });
  }
  const now = systemClock.now();
  const bedId = textIn(form, "bed");
  const days = { residentName: name.value, startsOn: startsOn.value };
  const lease = { unitId, ...days, ...(bedId === "" ? {} : { bedId }) };
  const started = await startLease(scope, { ...lease, contact: contact.value, now });
  if (!started.ok) return refused(form, t(`leaseError.${started.error}`));
  return told(org, unitId, t("leaseForm.started", { name: name.value }));
}

const LABEL_FAULTS = {
  "no-label": "leaseForm.bedsNoLabel",
  "label-too-long": "leaseForm.bedsLabelTooLong",
  "label-twice": "leaseForm.bedsLabelTwice",
  "too-many": "leaseForm.bedsTooMany",
} as const;

/** Adds beds to a unit, so that each is let on its own. */
export async function addBedsAction(
  bound: OfUnit,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, unitId } = boundTexts(bound, "org", "unitId");
  const { scope } = await requireOrgScope(org, "lease:manage");
  const labels = parseBedLabels(textIn(form, "labels"));
  if (!labels.ok) return refused(form, "", { labels: t(LABEL_FAULTS[labels.error]) });
  const added = await addBeds(scope, { unitId, labels: labels.value, now: systemClock.now() });
  if (!added.ok) return refused(form, t(`leaseError.${added.error}`));
  return told(org, unitId, t("leaseForm.bedsAdded"));
}

/** Ends a lease after its last day. */
export async function endLeaseAction(
  bound: OfLease,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, unitId, leaseId } = boundTexts(bound, "org", "unitId", "leaseId");
  const { scope } = await requireOrgScope(org, "lease:manage");
  const lastDay = parseCivilDay(textIn(form, "lastDay"));
  if (!lastDay.ok) return refused(form, "", { lastDay: t("leaseError.not-a-day") });
  const endsOn = dayAfter(lastDay.value);
  const ended = await endLease(scope, { leaseId, endsOn, now: systemClock.now() });
  if (!ended.ok) return refused(form, t(`leaseError.${ended.error}`));
  return told(org, unitId, t("leaseForm.ended"));
}

/** Changes how a resident is reached and lets themselves in. */
export async function setContactAction(
  bound: OfLease,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, unitId, leaseId } = boundTexts(bound, "org", "unitId", "leaseId");
  const { scope } = await requireOrgScope(org, "lease:manage");
  const contact = parseContactOf(form);
  if (!contact.ok) return refused(form, "", contactFaults(contact.error));
  const now = systemClock.now();
  const changed = await setResidentContact(scope, { leaseId, ...contact.value, now });
  if (!changed.ok) return refused(form, t(`leaseError.${changed.error}`));
  return told(org, unitId, t("leaseForm.contactChanged"));
}

/** Withdraws a printed invitation that nobody has used. */
export async function withdrawInvitationAction(
  bound: OfLease,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, unitId, leaseId } = boundTexts(bound, "org", "unitId", "leaseId");
  const { scope } = await requireOrgScope(org, "resident:invite");
  const withdrawn = await withdrawInvitation(scope, { leaseId, now: systemClock.now() });
  if (!withdrawn.ok) return refused(form, t(`leaseError.${withdrawn.error}`));
  return told(org, unitId, t("leaseForm.withdrawn"));
}

/** Takes down what the unit's meter showed, typed by whoever stood before it. */
export async function enterReadingAction(
  bound: OfUnit & { readonly meterId: string },
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, unitId, meterId } = boundTexts(bound, "org", "unitId", "meterId");
  const { scope } = await requireOrgScope(org, "reading:write");
  const now = systemClock.now();
  const unit = await findUnit(scope, unitId, now);
  const meters = await listMetersOfUnit(scope, { unitId, at: now });
  if (!unit || !meters.some(({ id }) => id === meterId)) {
    return refused(form, t("readingForm.noMeter"));
  }
  const entered = await enterReading(scope, { meterId, ...unit.building, now }, form);
  return typeof entered === "string" ? told(org, unitId, entered) : entered;
}

/** Registers a meter that is only read, of water or gas or a supply, and puts it in here. */
export async function addReadMeterAction(
  bound: OfUnit,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { org, unitId } = boundTexts(bound, "org", "unitId");
  const { scope } = await requireOrgScope(org, "meter:manage");
  const now = systemClock.now();
  const unit = await findUnit(scope, unitId, now);
  if (!unit) return refused(form, t("meterLife.unit-not-found"));
  const meterNumber = parseReadNumber(textIn(form, "meterNumber"));
  const resource = parseResource(textIn(form, "resource"));
  const at = instantOfCivilTime(textIn(form, "at"), unit.building.timeZone);
  const { shown, faults } = shownIn(form, t, "");
  if (!resource || !at || !meterNumber || Object.keys(faults).length > 0) {
    return refused(form, "", {
      ...faults,
      ...(meterNumber ? {} : { meterNumber: t("newMeter.readNumberWrong") }),
      ...(at ? {} : { at: t("readingForm.noTime") }),
      ...(resource ? {} : { resource: t("newMeter.resource") }),
    });
  }
  const added = await addReadMeter(scope, { unitId, meterNumber, resource, shown, at, now });
  if (!added.ok) return refused(form, t(`meterLife.${added.error}`));
  return told(org, unitId, t("meterLife.added"));
}

function parseContactOf(form: FormData) {
  return parseResidentContact({ phone: textIn(form, "phone"), email: textIn(form, "email") });
}

type ContactFaults = Extract<ReturnType<typeof parseResidentContact>, { readonly ok: false }>;

function contactFaults(faults: ContactFaults["error"]): Readonly<Record<string, string>> {
  const told = Object.entries(faults).map(([name, fault]) => [name, t(`residentFault.${fault}`)]);
  return Object.fromEntries(told);
}
