import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { organizationPlace } from "@/app/_view/organization-place";
import { ShiftPage } from "@/components/desk/shift-page";
import { findOrganization } from "@/lib/access";
import { findShift } from "@/lib/desk";
import { findPersons } from "@/lib/identity";
import { shiftView } from "./shift-view";

type Props = { readonly params: Promise<{ readonly org: string; readonly shift: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("desk.shifts") };

/** A shift: the count and the cash-up while it lasts, its report afterwards. */
export default async function ShiftRoute({ params }: Props) {
  const { org, shift: shiftId } = await params;
  const visit = await requireOrgScope(org, "desk:read");
  const { scope } = visit;
  const shift = await findShift(scope, shiftId);
  if (!shift) notFound();
  const [organization, place, people] = await Promise.all([
    findOrganization(scope),
    organizationPlace(scope),
    findPersons([shift.userId, ...(shift.closedBy ? [shift.closedBy] : [])]),
  ]);
  const frame = await consoleFrame(visit, organization.name, "desk");
  const { t } = frame;
  const nameOf = (userId: string) => people.get(userId)?.name || t("approvals.somebody");
  return <ShiftPage frame={frame} view={shiftView(shift, { org, place, t, nameOf })} />;
}
