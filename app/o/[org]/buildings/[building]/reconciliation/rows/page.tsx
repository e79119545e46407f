import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { NoMonthPage } from "@/components/reconciliation/no-month-page";
import { RowsPage } from "@/components/reconciliation/rows-page";
import { findOrganization } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import { findBuildingFacts } from "@/lib/property";
import { findDayReadings, listRows, parseFigure } from "@/lib/reconciliation";
import { askedMonth } from "../sheet-query";
import { readingsView } from "./readings-view";
import { rowsView } from "./rows-view";

type Props = {
  readonly params: Promise<{ readonly org: string; readonly building: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

const PAGE = 100;
const MOST_PAGES = 1_000;

export const metadata: Metadata = {
  title: translatorFor(LANGUAGE.lang)("reconciliation.title"),
};

/** What a figure of the sheet is made of, row by row, with the sum that is the figure. */
export default async function RowsRoute({ params, searchParams }: Props) {
  const { org, building: buildingId } = await params;
  const visit = await requireOrgScope(org, "reconciliation:read");
  const { scope } = visit;
  const now = systemClock.now();
  const asked = await searchParams;
  const figure = typeof asked.figure === "string" ? parseFigure(asked.figure) : "supplied";
  if (!figure) notFound();
  const month = askedMonth(asked, now);
  const path = `/o/${org}/buildings/${buildingId}/reconciliation`;
  const { meter, day } = asked;
  if (month !== null && typeof meter === "string" && typeof day === "string") {
    const readings = await findDayReadings(scope, { buildingId, month, now, meterId: meter, day });
    if (!readings) notFound();
    const { name } = await findOrganization(scope);
    const frame = await consoleFrame(visit, name);
    return <RowsPage frame={frame} view={readingsView(readings, { path, now, t: frame.t })} />;
  }
  const page = pageOf(asked.page);
  const [organization, found] = await Promise.all([
    findOrganization(scope),
    month === null
      ? null
      : listRows(scope, { buildingId, month, now, figure, skip: page * PAGE, take: PAGE }),
  ]);
  const frame = await consoleFrame(visit, organization.name);
  if (found) {
    const context = { org, path, figure, page, pageSize: PAGE, scope, now, t: frame.t };
    return <RowsPage frame={frame} view={rowsView(found, context)} />;
  }
  const building = await findBuildingFacts(scope, buildingId);
  if (!building) notFound();
  return <NoMonthPage frame={frame} view={{ name: building.name, href: path }} />;
}

/** From 0; the first for what is no page. */
function pageOf(asked: string | string[] | undefined): number {
  const typed = typeof asked === "string" && /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
  return Math.min(typed, MOST_PAGES) - 1;
}
