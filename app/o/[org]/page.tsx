import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { usageSection } from "@/app/_usage/usage-section";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { BuildingsPage } from "@/components/property/buildings-page";
import { findAlarms, findFirstSteps, listPortfolio } from "@/lib/overview";
import { systemClock } from "@/lib/platform";
import { alarmViews } from "./alarm-views";
import { readPortfolioQuery } from "./portfolio-query";
import { buildingRow, firstHour, pagesView, totalsText } from "./portfolio-view";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("buildings.title") };

const A_PAGE = 50;
const FEW = 3;

/** The portfolio: every building with the figures that decide which one to open. */
export default async function OrganizationPage({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "building:read");
  const { scope } = visit;
  const asked = await searchParams;
  const query = readPortfolioQuery(asked, scope.permissions.includes("sale:read"));
  const now = systemClock.now();
  const [frame, rows, alarms] = await Promise.all([
    consoleFrame(visit, null),
    listPortfolio(scope, { ...query, take: A_PAGE, now }),
    findAlarms(scope),
  ]);
  const { t } = frame;
  const path = `/o/${org}`;
  const seesMoney = scope.permissions.includes("sale:read");
  const found = rows[0]?.found ?? 0;
  // Who has many buildings has sold in one of them.
  const steps = found <= FEW ? await findFirstSteps(scope) : null;
  const view = {
    alarms: alarmViews(alarms, scope, t),
    path,
    query,
    seesMoney,
    isFiltered: query.text !== "" || query.page > 1,
    countText: t("buildings.count", { count: found }),
    totalsText: seesMoney ? totalsText(rows, t) : "",
    buildings: rows.map((row) => buildingRow(row, { org, seesMoney, t })),
    pages: pagesView(query, { path, found, take: A_PAGE, t }),
    firstHour: firstHour(scope, steps, t),
    usage: await usageSection(
      { kind: "portfolio", buildings: rows },
      { scope, path, asked, now, t },
    ),
  };
  return <BuildingsPage frame={frame} view={view} />;
}
