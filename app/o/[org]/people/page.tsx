import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { type OrgVisit, requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatDay, formatInstant, type Place } from "@/app/_view/instants";
import { organizationPlace } from "@/app/_view/organization-place";
import { buildingsInWords } from "@/app/_view/people-texts";
import { PeoplePage } from "@/components/people/people-page";
import type { ActionFormView, FieldView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { findPersons } from "@/lib/identity";
import { type InvitationView, listInvitations, listMembers, type MemberView } from "@/lib/people";
import { isFullAdministrator, LONGEST_REASON, SUPPORT_HOURS } from "@/lib/people/shared";
import { systemClock } from "@/lib/platform";
import { type BuildingFacts, listBuildings } from "@/lib/property";
import { inviteAction, inviteSupportAction, renewAction, revokeAction } from "./actions";
import { standingFields } from "./standing-fields";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("people.title") };

const MOST_BUILDINGS = 1_000;

type Told = {
  readonly visit: OrgVisit;
  readonly t: Translate;
  readonly place: Place;
  readonly buildings: readonly BuildingFacts[];
  readonly names: Awaited<ReturnType<typeof findPersons>>;
  readonly now: Date;
};

/** Who is staff, who is invited, and the forms to invite more. */
export default async function PeopleRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "member:read");
  const { scope } = visit;
  const now = systemClock.now();
  const mayManage = scope.permissions.includes("member:manage");
  const [organization, members, invitations, buildings, place] = await Promise.all([
    findOrganization(scope),
    listMembers(scope, now),
    listInvitations(scope, now),
    listBuildings(scope, { take: MOST_BUILDINGS }),
    organizationPlace(scope),
  ]);
  const frame = await consoleFrame(visit, organization.name, "people");
  const { t } = frame;
  const names = await findPersons([
    ...members.map((member) => member.userId),
    ...invitations.map((invitation) => invitation.createdBy),
  ]);
  const told = { visit, t, place, buildings, names, now };
  const { userId } = scope;
  const asks = {
    reason: members.some((one) => isFullAdministrator(one) && one.userId !== userId),
    replacing: invitations.length > 0,
  };
  const view = {
    rolesHref: `/o/${org}/people/roles`,
    members: members.map((member) => memberRow(member, mayManage, told)),
    invitations: invitations.map((invitation) => invitationRow(invitation, mayManage, told)),
    invite: mayManage
      ? { action: inviteAction.bind(null, { org }), view: inviteForm(told, asks) }
      : null,
    support: scope.permissions.includes("support:grant")
      ? { action: inviteSupportAction.bind(null, { org }), view: supportForm(t, asks) }
      : null,
  };
  return <PeoplePage frame={frame} view={view} />;
}

function memberRow(member: MemberView, mayManage: boolean, told: Told) {
  const { visit, t, place, buildings, names, now } = told;
  const { userId, endsAt } = member;
  const person = names.get(userId);
  const marks = [
    userId === visit.scope.userId ? t("people.you") : "",
    member.isLastAdministrator ? t("people.lastAdministrator") : "",
    endsAt ? t("people.supportUntil", { until: formatInstant(endsAt, place) }) : "",
  ];
  return {
    userId,
    name: person?.name || t("people.noName"),
    email: person?.email ?? "",
    href: mayManage ? `/o/${visit.scope.slug}/people/${userId}` : null,
    roleText: t(`role.${member.role}`),
    marks: marks.filter(Boolean),
    buildingsText: buildingsInWords(member.buildings, buildings, t),
    seesNothing: member.buildings?.length === 0,
    sinceText: formatDay(member.since, place, now),
  };
}

function invitationRow(invitation: InvitationView, mayManage: boolean, told: Told) {
  const { visit, t, place, buildings, names } = told;
  const { id, state, supportHours } = invitation;
  const until = formatInstant(invitation.expiresAt, place);
  const stateKey = {
    open: "people.openUntil",
    expired: "people.expired",
    "awaits-approval": "people.awaitsApproval",
    "approved-unsent": "people.unsent",
  } as const;
  const target = { org: visit.scope.slug, invitationId: id };
  const submit = state === "approved-unsent" ? t("people.send") : t("people.resend");
  const form = (name: string, text: string): ActionFormView => ({
    id: `${name}-${id}`,
    fields: [],
    submit: text,
  });
  return {
    id,
    email: invitation.email,
    asText: supportHours
      ? t("people.invitedSupport", { hours: supportHours })
      : t("people.invitedAs", {
          role: t(`role.${invitation.role}`),
          buildings: buildingsInWords(invitation.buildings, buildings, t),
        }),
    stateText: t(stateKey[state], { until }),
    isExpired: state === "expired",
    byText: t("people.invitedBy", {
      name: names.get(invitation.createdBy)?.name || t("people.noName"),
    }),
    renew:
      mayManage && state !== "awaits-approval"
        ? { action: renewAction.bind(null, target), view: form("renew", submit) }
        : null,
    revoke: mayManage
      ? { action: revokeAction.bind(null, target), view: form("revoke", t("people.revoke")) }
      : null,
  };
}

/** What a form asks only where it can matter: a second administrator, an open invitation. */
type Asks = { readonly reason: boolean; readonly replacing: boolean };

const replaceField = (t: Translate, { replacing }: Asks): readonly FieldView[] => {
  const choices = [{ value: "yes", label: t("people.replaceYes") }];
  return replacing ? [{ kind: "some", name: "replaces", label: t("people.replace"), choices }] : [];
};

const reasonField = (t: Translate, { reason }: Asks): readonly FieldView[] => {
  const text = { label: t("people.reason"), hint: t("people.reasonHint") };
  return reason ? [{ kind: "text", name: "reason", ...text, maxLength: LONGEST_REASON }] : [];
};

function inviteForm({ buildings, t }: Told, asks: Asks): ActionFormView {
  return {
    id: "invite",
    isPrimary: true,
    submit: t("people.invite"),
    fields: [
      { kind: "email", name: "email", label: t("people.email"), isRequired: true, maxLength: 254 },
      ...standingFields(buildings, t),
      ...reasonField(t, asks),
      ...replaceField(t, asks),
    ],
  };
}

function supportForm(t: Translate, asks: Asks): ActionFormView {
  return {
    id: "support",
    submit: t("people.inviteSupport"),
    fields: [
      { kind: "email", name: "email", label: t("people.email"), isRequired: true, maxLength: 254 },
      {
        kind: "one",
        name: "hours",
        label: t("people.hours"),
        choices: SUPPORT_HOURS.map((hours) => ({
          value: String(hours),
          label: t("people.hoursChoice", { hours }),
        })),
      },
      {
        kind: "text",
        name: "reason",
        label: t("people.supportReason"),
        hint: t("people.supportReasonHint"),
        isRequired: true,
        maxLength: LONGEST_REASON,
      },
      ...replaceField(t, asks),
    ],
  };
}
