import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { usageSection } from "@/app/_usage/usage-section";
import { daysLeftText } from "@/app/_view/credit-texts";
import { consoleFrame } from "@/app/_view/frames";
import { saleRow } from "@/app/_view/sale-rows";
import { BuildingPage } from "@/components/property/building-page";
import { findOrganization } from "@/lib/access";
import { isId, systemClock } from "@/lib/platform";
import { listSales } from "@/lib/vending";
import { loadBuildingNow } from "../../building-now";
import { buildingFigures } from "./building-figures";
import { facadeView } from "./facade-view";
import { needRows } from "./need-rows";
import { chooseUnits, readUnitChoice, runsOutSoon, searchOf, windowsOf } from "./unit-choice";

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
  const [organization, state, sales] = await Promise.all([
    findOrganization(scope),
    loadBuildingNow(scope, buildingId, now),
    seesMoney ? listSales(scope, { buildingId, take: RECENT_SALES }) : [],
  ]);
  if (!state) notFound();
  const { building, units } = state;
  const frame = await consoleFrame(visit, organization.name);
  const { t } = frame;
  const path = `/o/${org}/buildings/${building.id}`;
  const context = { org, building, units, now, t, seesMoney };
  const facade = facadeView(context);
  const windows = new Map(
    facade.floors.flatMap((floor) => floor.units).map((unit) => [unit.unitId, unit]),
  );
  const choice = readUnitChoice(asked);
  const search = searchOf(choice);
  const usage = await usageSection({ kind: "building", building }, { scope, path, asked, now, t });
  const view = {
    facade,
    path,
    placeText: building.address,
    roomsHref: `${path}/rooms`,
    reconciliationHref: scope.permissions.includes("reconciliation:read")
      ? `${path}/reconciliation`
      : null,
    unitCount: units.length,
    brightCount: units.filter((unit) => unit.light === "bright").length,
    figures: buildingFigures({ state, seesMoney, now, t }),
    needs: needRows(state.state.needs, context),
    runsOut: runsOutSoon(units).map((unit) => ({
      key: unit.id,
      href: `/o/${org}/units/${unit.id}`,
      label: unit.label,
      text: daysLeftText(unit.estimate, t),
    })),
    usage,
    salesHref: seesMoney ? `/o/${org}/sales?building=${building.id}` : null,
    sales: sales.map((sale) =>
      saleRow(sale, { t, place: building, hrefOf: (id) => `/o/${org}/purchases/${id}` }),
    ),
    list: {
      choice,
      floors: facade.floors.map(({ number, label }) => ({ value: number, label })),
      units: windowsOf(chooseUnits(units, choice), windows),
      csvHref: search === "" ? `${path}/units` : `${path}/units?${search}`,
    },
  };
  return <BuildingPage frame={frame} view={view} />;
}
