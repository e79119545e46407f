import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame } from "@/app/_view/frames";
import { formatDay } from "@/app/_view/instants";
import { organizationPlace } from "@/app/_view/organization-place";
import { buildingsInWords } from "@/app/_view/people-texts";
import { MemberPage } from "@/components/people/member-page";
import type { FieldView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { parseRole } from "@/lib/access/shared";
import { findPersons } from "@/lib/identity";
import { listMembers, type MemberView } from "@/lib/people";
import { isFullAdministrator, LONGEST_REASON } from "@/lib/people/shared";
import { systemClock } from "@/lib/platform";
import { type BuildingFacts, listBuildings } from "@/lib/property";
import { standingFields } from "../standing-fields";
import { changeAction, removeAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string; readonly user: string }> };

export const metadata: Metadata = { title: "People" };

const MOST_BUILDINGS = 1_000;

/** One member: what they may do, and the ways to change or end it. */
export default async function MemberRoute({ params }: Props) {
  const { org, user: userId } = await params;
  const visit = await requireOrgScope(org, "member:manage");
  const { scope } = visit;
  const now = systemClock.now();
  const members = await listMembers(scope, now);
  const member = members.find((one) => one.userId === userId);
  if (!member) notFound();
  const [organization, people, buildings, place] = await Promise.all([
    findOrganization(scope),
    findPersons([userId]),
    listBuildings(scope, { take: MOST_BUILDINGS }),
    organizationPlace(scope),
  ]);
  const frame = await consoleFrame(visit, organization.name, "people");
  const { t } = frame;
  const person = people.get(userId);
  const name = person?.name || t("people.noName");
  const takesTwo = members.some((one) => isFullAdministrator(one) && one.userId !== scope.userId);
  const target = { org, userId };
  const isYou = userId === scope.userId;
  const view = {
    name,
    back: { href: `/o/${org}/people`, label: t("member.back") },
    facts: [
      { label: t("member.email"), text: person?.email || t("member.noEmail") },
      { label: t("member.role"), text: t(`role.${member.role}`) },
      { label: t("member.buildings"), text: buildingsInWords(member.buildings, buildings, t) },
      { label: t("member.since"), text: formatDay(member.since, place, now) },
    ],
    note: noteOf(member, `/o/${org}/people/leave`, t),
    change:
      member.isLastAdministrator || member.role === "support"
        ? null
        : {
            action: changeAction.bind(null, target),
            view: { id: "change", submit: t("member.change"), fields: changeFields() },
          },
    leaveHref: isYou && !member.isLastAdministrator ? `/o/${org}/people/leave` : null,
    remove:
      isYou || member.role === "support"
        ? null
        : {
            action: removeAction.bind(null, target),
            view: { id: "remove", submit: t("member.remove", { name }), fields: reasonFields() },
          },
    twoText: takesTwo && !isYou && member.role === "administrator" ? t("member.twoPeople") : null,
  };
  return <MemberPage frame={frame} view={view} />;

  function changeFields(): readonly FieldView[] {
    return [...standingOf(member, buildings, t), ...(takesTwo ? reasonFields(true) : [])];
  }
  function reasonFields(isAsked = takesTwo && member?.role === "administrator") {
    return isAsked ? [reasonField(t)] : [];
  }
}

function standingOf(
  member: MemberView | undefined,
  buildings: readonly BuildingFacts[],
  t: Translate,
): readonly FieldView[] {
  const role = member ? parseRole(member.role) : null;
  const stands = member && role ? { role, buildings: member.buildings } : null;
  return standingFields(buildings, t, stands);
}

const reasonField = (t: Translate): FieldView => ({
  kind: "text",
  name: "reason",
  label: t("people.reason"),
  hint: t("people.reasonHint"),
  maxLength: LONGEST_REASON,
});

function noteOf(member: MemberView, handOverHref: string, t: Translate) {
  if (member.role === "support") return { text: t("member.supportText"), action: null };
  if (!member.isLastAdministrator) return null;
  const action = { href: handOverHref, label: t("member.handOver") };
  return { text: t("member.lastText"), action };
}
