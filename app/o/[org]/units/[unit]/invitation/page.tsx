import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { lastInstantText } from "@/app/_view/civil-days";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { InvitationPage } from "@/components/property/invitation-page";
import { findOrganization } from "@/lib/access";
import { findPersons } from "@/lib/identity";
import { systemClock } from "@/lib/platform";
import { findUnit, listUnitLeases } from "@/lib/property";
import { printInvitationAction } from "./actions";

type Props = {
  readonly params: Promise<{ readonly org: string; readonly unit: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = {
  title: translatorFor(LANGUAGE.lang)("printedInvitation.title"),
};

/** A printed invitation for who lives in a unit, or comes to: what it does, then the sheet. */
export default async function InvitationRoute({ params, searchParams }: Props) {
  const { org, unit: unitId } = await params;
  const visit = await requireOrgScope(org, "resident:invite");
  const { scope } = visit;
  const now = systemClock.now();
  const unit = await findUnit(scope, unitId, now);
  if (!unit) notFound();
  const { lease: wanted } = await searchParams;
  const leases = await listUnitLeases(scope, unitId, now);
  const lease = wanted ? leases.find((one) => one.leaseId === wanted) : leases[0];
  if (wanted && !lease) notFound();
  const [organization, people] = await Promise.all([
    findOrganization(scope),
    findPersons(lease?.invitation ? [lease.invitation.createdBy] : []),
  ]);
  const frame = await consoleFrame(visit, organization.name);
  const { t } = frame;
  const open = lease?.invitation;
  const view = {
    unit: { label: unit.label, href: `/o/${org}/units/${unitId}` },
    residentName: lease?.residentName ?? null,
    openText: open
      ? t("printedInvitation.open", {
          day: lastInstantText(open.expiresAt, unit.building, now),
          name: people.get(open.createdBy)?.name || t("audit.noName"),
        })
      : null,
    action: lease
      ? printInvitationAction.bind(null, { org, unitId, leaseId: lease.leaseId })
      : null,
  };
  return <InvitationPage frame={frame} view={view} />;
}
