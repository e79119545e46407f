import type { Metadata } from "next";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame } from "@/app/_view/frames";
import { LeavePage } from "@/components/people/leave-page";
import type { ActionFormView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { ROLES } from "@/lib/access/shared";
import { findPersons } from "@/lib/identity";
import { listMembers } from "@/lib/people";
import { systemClock } from "@/lib/platform";
import { handOverAction, leaveAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: "Leave" };

/** Leaving, with the consequence in the question; the last administrator hands over first. */
export default async function LeaveRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "building:read");
  const { scope } = visit;
  const { name: organization } = await findOrganization(scope);
  const members = await listMembers(scope, systemClock.now());
  const frame = await consoleFrame(visit, organization, null);
  const { t } = frame;
  const home = `/o/${org}`;
  const isLast = members.some((one) => one.userId === scope.userId && one.isLastAdministrator);
  const heirs = members.filter(({ userId, role }) => userId !== scope.userId && role !== "support");
  const people = isLast ? await findPersons(heirs.map((heir) => heir.userId)) : new Map();
  const choices = heirs.map(({ userId, role }) => ({
    value: userId,
    label: `${people.get(userId)?.name || t("people.noName")}, ${t(`role.${role}`)}`,
  }));
  const view = {
    organization,
    stayHref: home,
    inviteHref: `${home}/people`,
    isLast,
    leave: isLast
      ? null
      : {
          action: leaveAction.bind(null, { org }),
          view: { id: "leave", fields: [], submit: t("leave.submit", { organization }) },
        },
    handOver:
      isLast && choices.length > 0
        ? {
            action: handOverAction.bind(null, { org }),
            view: handOverForm(choices, t, organization),
          }
        : null,
  };
  return <LeavePage frame={frame} view={view} />;
}

function handOverForm(
  choices: readonly { readonly value: string; readonly label: string }[],
  t: Translate,
  organization: string,
): ActionFormView {
  const roles = ROLES.filter((role) => role !== "administrator").map((role) => ({
    value: role,
    label: t("leave.thenRole", { role: t(`role.${role}`) }),
  }));
  return {
    id: "hand-over",
    submit: t("leave.handOver"),
    isPrimary: true,
    fields: [
      {
        kind: "one",
        name: "to",
        label: t("leave.to"),
        none: t("leave.choose"),
        isRequired: true,
        choices,
      },
      {
        kind: "one",
        name: "becomes",
        label: t("leave.then"),
        value: "stay",
        choices: [
          { value: "stay", label: t("leave.thenStay") },
          ...roles,
          { value: "leave", label: t("leave.thenLeave", { organization }) },
        ],
      },
    ],
  };
}
