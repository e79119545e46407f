import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { NoMonthPage } from "@/components/reconciliation/no-month-page";
import { SheetPage } from "@/components/reconciliation/sheet-page";
import { findOrganization } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import { findBuildingFacts } from "@/lib/property";
import { findSheet } from "@/lib/reconciliation";
import { askedMonth } from "./sheet-query";
import { sheetView } from "./sheet-view";

type Props = {
  readonly params: Promise<{ readonly org: string; readonly building: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = {
  title: translatorFor(LANGUAGE.lang)("reconciliation.title"),
};

/** One building and month: what was supplied, used, sold and paid, and what is not explained. */
export default async function ReconciliationRoute({ params, searchParams }: Props) {
  const { org, building: buildingId } = await params;
  const visit = await requireOrgScope(org, "reconciliation:read");
  const { scope } = visit;
  const now = systemClock.now();
  const month = askedMonth(await searchParams, now);
  const [organization, sheet] = await Promise.all([
    findOrganization(scope),
    month === null ? null : findSheet(scope, { buildingId, month, now }),
  ]);
  const frame = await consoleFrame(visit, organization.name);
  const path = `/o/${org}/buildings/${buildingId}/reconciliation`;
  if (sheet) {
    const view = sheetView(sheet, { org, path, now, t: frame.t });
    return <SheetPage frame={frame} view={view} />;
  }
  const building = await findBuildingFacts(scope, buildingId);
  if (!building) notFound();
  return <NoMonthPage frame={frame} view={{ name: building.name, href: path }} />;
}
