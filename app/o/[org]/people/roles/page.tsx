import type { Metadata } from "next";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame } from "@/app/_view/frames";
import { RolesPage } from "@/components/people/roles-page";
import { findOrganization } from "@/lib/access";
import { type MembershipRole, parseMembershipRole, ROLES } from "@/lib/access/shared";
import { PERMISSION_GROUPS, reachOf } from "./permission-groups";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: "Roles" };

const SHOWN: readonly MembershipRole[] = [...ROLES, "support"];

/** The permission matrix as it is in force: the page reads the table that decides. */
export default async function RolesRoute({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "role:read");
  const { scope } = visit;
  const { role: asked } = await searchParams;
  const picked = (typeof asked === "string" ? parseMembershipRole(asked) : null) ?? scope.role;
  const organization = await findOrganization(scope);
  const mayReadMembers = scope.permissions.includes("member:read");
  const frame = await consoleFrame(visit, organization.name, mayReadMembers ? "people" : null);
  const { t } = frame;
  const role = t(`role.${scope.role}`);
  const view = {
    path: `/o/${org}/people/roles`,
    leadText: t(scope.buildingIds === null ? "roles.lead" : "roles.leadLimited", { role }),
    backHref: mayReadMembers ? `/o/${org}/people` : null,
    picked,
    roles: SHOWN.map((one) => ({
      role: one,
      label: t(`role.${one}`),
      isYours: one === scope.role,
    })),
    groups: PERMISSION_GROUPS.map(({ titleKey, permissions }) => ({
      title: t(titleKey),
      rows: permissions.map((permission) => ({
        permission,
        label: t(`permission.${permission}`),
        reach: SHOWN.map((one) => reachOf(one, permission)),
      })),
    })),
  };
  return <RolesPage frame={frame} view={view} />;
}
