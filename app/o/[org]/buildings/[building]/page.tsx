import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { usageSection } from "@/app/_usage/usage-section";
import { consoleFrame } from "@/app/_view/frames";
import { saleRow } from "@/app/_view/sale-rows";
import { BuildingPage } from "@/components/property/building-page";
import { listSold, soldIn } from "@/lib/overview";
import { isId, systemClock } from "@/lib/platform";
import { loadBuildingNow } from "../../building-now";
import { buildingFigures } from "./building-figures";
import { facadePlan, facadeView } from "./facade-view";
import { needRows } from "./need-rows";
import { readUnitChoice } from "./unit-choice";
import { runsOutView, unitListView } from "./unit-list-view";

type Props = {
  readonly params: Promise<{ readonly org: string; readonly building: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

const RECENT_SALES = 6;

export const metadata: Metadata = { title: "Building" };

/** The landlord's home: a building's figures, its façade, what needs them, what was sold last. */
export default async function BuildingRoute({ params, searchParams }: Props) {
  const { org, building: buildingId } = await params;
  const visit = await requireOrgScope(org, "building:read");
  const { scope } = visit;
  const asked = await searchParams;
  const now = systemClock.now();
  if (!isId(buildingId)) notFound();
  const seesMoney = scope.permissions.includes("sale:read");
  const managesMeters = scope.permissions.includes("meter:manage");
  const sold = { filter: soldIn({ buildingId }), after: null, take: RECENT_SALES };
  const [frame, state, sales] = await Promise.all([
    consoleFrame(visit, null),
    loadBuildingNow(scope, buildingId, now),
    seesMoney ? listSold(scope, sold) : [],
  ]);
  if (!state) notFound();
  const { building, units } = state;
  const { t } = frame;
  const path = `/o/${org}/buildings/${building.id}`;
  const context = { org, building, units, now, t, seesMoney };
  const facade = facadeView(context);
  const usage = await usageSection({ kind: "building", building }, { scope, path, asked, now, t });
  const view = {
    facade: facadePlan(facade, context),
    path,
    placeText: building.address,
    roomsHref: `${path}/rooms`,
    reconciliationHref: scope.permissions.includes("reconciliation:read")
      ? `${path}/reconciliation`
      : null,
    unitCount: units.length,
    brightCount: units.filter((unit) => unit.light === "bright").length,
    figures: buildingFigures({ state, seesMoney, now, t }),
    needs: needRows(state.state.needs, { ...context, managesMeters }),
    ...runsOutView(path, context),
    usage,
    salesHref: seesMoney ? `/o/${org}/sales?building=${building.id}` : null,
    sales: sales.map((sale) =>
      saleRow(sale, { t, place: building, hrefOf: (id) => `/o/${org}/purchases/${id}` }),
    ),
    list: unitListView(facade, { ...context, path, choice: readUnitChoice(asked) }),
  };
  return <BuildingPage frame={frame} view={view} />;
}
