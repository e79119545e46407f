import { civilDayText, lastDayText, lastInstantText } from "@/app/_view/civil-days";
import type { FoldedForm, LeaseView, ResidentsView } from "@/components/property/residents";
import type { FieldView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import { type BedView, type BuildingFacts, civilDayAt, type UnitLease } from "@/lib/property";
import {
  hasBeds,
  LET_KINDS,
  MOST_BEDS,
  RESIDENT_LONGEST,
  type UnitKind,
} from "@/lib/property/shared";
import {
  addBedsAction,
  endLeaseAction,
  setContactAction,
  startLeaseAction,
  withdrawInvitationAction,
} from "./actions";

type Context = {
  readonly scope: OrgScope;
  readonly unitId: string;
  readonly kind: UnitKind;
  readonly building: BuildingFacts;
  /** None for a unit that is let whole. */
  readonly beds: readonly BedView[];
  /** Who printed an invitation, by id. */
  readonly people: ReadonlyMap<string, { readonly name: string }>;
  readonly now: Date;
  readonly t: Translate;
};

/** Who lives in a unit, with the forms that the role may use and no others. */
export function residentsView(leases: readonly UnitLease[], context: Context): ResidentsView {
  const isLet = LET_KINDS.some((kind) => kind === context.kind);
  const canLet = isLet && context.scope.permissions.includes("lease:manage");
  const open = placesOpen(leases, context.beds);
  const hasRoom = context.beds.length === 0 ? open.isWholeOpen : open.beds.length > 0;
  return {
    leases: leases.map((lease) => leaseView(lease, context)),
    start: canLet && hasRoom ? startForm(leases, open, context) : null,
    addBeds:
      canLet && hasBeds(context.kind) && context.beds.length < MOST_BEDS ? bedsForm(context) : null,
  };
}

type Open = { readonly beds: readonly BedView[]; readonly isWholeOpen: boolean };

/** What nobody holds for good: the unit as a whole only while none of its beds is let. */
function placesOpen(leases: readonly UnitLease[], beds: readonly BedView[]): Open {
  const held = leases.filter((lease) => lease.endsOn === null);
  const isWholeTaken = held.some((lease) => lease.bed === null);
  return {
    isWholeOpen: held.length === 0,
    beds: isWholeTaken ? [] : beds.filter(({ id }) => !held.some((one) => one.bed?.id === id)),
  };
}

function leaseView(lease: UnitLease, context: Context): LeaseView {
  const { scope, unitId } = context;
  const mayInvite = scope.permissions.includes("resident:invite");
  const { leaseId, residentName, bed } = lease;
  return {
    leaseId,
    residentName,
    bedText: bed && context.t("residents.bed", { bed: bed.label }),
    whenText: whenText(lease, context),
    facts: leaseFacts(lease, context),
    inviteHref: mayInvite ? `/o/${scope.slug}/units/${unitId}/invitation?lease=${leaseId}` : null,
    forms: [
      ...(lease.contact ? [contactForm(lease, lease.contact, context)] : []),
      ...(mayInvite && lease.invitation ? [withdrawForm(lease, context)] : []),
      ...(scope.permissions.includes("lease:manage") ? [endForm(lease, context)] : []),
    ],
  };
}

function whenText({ startsOn, endsOn, hasBegun }: UnitLease, context: Context): string {
  const { building, now, t } = context;
  const day = civilDayText(startsOn, building, now);
  const from = t(hasBegun ? "residents.since" : "residents.from", { day });
  if (endsOn === null) return from;
  return `${from}, ${t("residents.until", { day: lastDayText(endsOn, building, now) })}`;
}

function leaseFacts({ contact, holders, invitation }: UnitLease, context: Context) {
  const { building, people, now, t } = context;
  const none = t("residents.none");
  const contacts = contact
    ? [
        { label: t("residents.phone"), valueText: contact.phone ?? none, isContact: true },
        { label: t("residents.email"), valueText: contact.email ?? none, isContact: true },
      ]
    : [];
  const printed = invitation
    ? t("residents.invitationOpen", {
        day: lastInstantText(invitation.expiresAt, building, now),
        name: people.get(invitation.createdBy)?.name || t("audit.noName"),
      })
    : none;
  return [
    ...contacts,
    { label: t("residents.accounts"), valueText: t("residents.holders", { count: holders }) },
    { label: t("residents.invitation"), valueText: printed },
  ];
}

const boundTo = ({ scope, unitId }: Context) => ({ org: scope.slug, unitId });

function contactFields(
  contact: { readonly phone: string | null; readonly email: string | null },
  t: Translate,
): readonly FieldView[] {
  const { phone, email } = contact;
  return [
    {
      kind: "tel",
      name: "phone",
      label: t("residents.phone"),
      hint: t("leaseForm.phoneHint"),
      value: phone ?? "",
      maxLength: RESIDENT_LONGEST.phone,
    },
    {
      kind: "email",
      name: "email",
      label: t("residents.email"),
      hint: t("leaseForm.emailHint"),
      value: email ?? "",
      maxLength: RESIDENT_LONGEST.email,
    },
  ];
}

function contactForm(
  { leaseId }: UnitLease,
  contact: NonNullable<UnitLease["contact"]>,
  context: Context,
): FoldedForm {
  const { t } = context;
  return {
    action: setContactAction.bind(null, { ...boundTo(context), leaseId }),
    view: {
      id: `contact-${leaseId}`,
      summary: t("leaseForm.contact"),
      fields: contactFields(contact, t),
      submit: t("leaseForm.save"),
    },
  };
}

function withdrawForm({ leaseId }: UnitLease, context: Context): FoldedForm {
  const { t } = context;
  return {
    action: withdrawInvitationAction.bind(null, { ...boundTo(context), leaseId }),
    view: {
      id: `withdraw-${leaseId}`,
      summary: t("leaseForm.withdraw"),
      fields: [],
      submit: t("leaseForm.withdrawNow"),
    },
  };
}

function endForm({ leaseId }: UnitLease, context: Context): FoldedForm {
  const { building, now, t } = context;
  const lastDay = {
    kind: "date",
    name: "lastDay",
    label: t("leaseForm.lastDay"),
    hint: t("leaseForm.lastDayHint"),
    value: civilDayAt(now, building.timeZone),
    isRequired: true,
  } as const;
  return {
    action: endLeaseAction.bind(null, { ...boundTo(context), leaseId }),
    view: {
      id: `end-${leaseId}`,
      summary: t("leaseForm.end"),
      fields: [lastDay],
      submit: t("leaseForm.endNow"),
    },
  };
}

function startForm(leases: readonly UnitLease[], open: Open, context: Context): FoldedForm {
  const { building, beds, now, t } = context;
  const today = civilDayAt(now, building.timeZone);
  const hasBeds = beds.length > 0;
  const whole = { value: "", label: t("leaseForm.bedWhole") };
  const bed = {
    kind: "one",
    name: "bed",
    label: t("leaseForm.bed"),
    choices: [
      ...open.beds.map(({ id, label }) => ({ value: id, label })),
      ...(open.isWholeOpen ? [whole] : []),
    ],
  } as const;
  const name = {
    kind: "text",
    name: "name",
    label: t("leaseForm.name"),
    maxLength: RESIDENT_LONGEST.name,
    isRequired: true,
  } as const;
  const startsOn = {
    kind: "date",
    name: "startsOn",
    label: t("leaseForm.startsOn"),
    value: (hasBeds ? null : leases.at(-1)?.endsOn) ?? today,
    isRequired: true,
  } as const;
  const isNext = !hasBeds && leases.length > 0;
  return {
    action: startLeaseAction.bind(null, boundTo(context)),
    view: {
      id: "start-lease",
      summary: t(isNext ? "leaseForm.startNext" : "leaseForm.start"),
      fields: [
        ...(hasBeds ? [bed] : []),
        name,
        startsOn,
        ...contactFields({ phone: null, email: null }, t),
      ],
      submit: t("leaseForm.startNow"),
    },
  };
}

function bedsForm(context: Context): FoldedForm {
  const { t } = context;
  const labels = {
    kind: "text",
    name: "labels",
    label: t("leaseForm.bedLabels"),
    hint: t("leaseForm.bedLabelsHint"),
    maxLength: 200,
    isRequired: true,
  } as const;
  return {
    action: addBedsAction.bind(null, boundTo(context)),
    view: {
      id: "add-beds",
      summary: t("leaseForm.beds"),
      fields: [labels],
      submit: t("leaseForm.bedsNow"),
    },
  };
}
