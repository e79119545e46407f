import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame } from "@/app/_view/frames";
import { saleRow } from "@/app/_view/sale-rows";
import { BuildingPage } from "@/components/property/building-page";
import { findOrganization } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import { findBuilding } from "@/lib/property";
import { listSales } from "@/lib/vending";
import { loadBuildingNow } from "../../building-now";
import { buildingFigures } from "./building-figures";
import { facadeView } from "./facade-view";

type Props = { readonly params: Promise<{ readonly org: string; readonly building: string }> };

const RECENT_SALES = 8;

export const metadata: Metadata = { title: "Building" };

/** The landlord's home: a building's figures, its façade, what was sold last. */
export default async function BuildingRoute({ params }: Props) {
  const { org, building: buildingId } = await params;
  const visit = await requireOrgScope(org, "building:read");
  const { scope } = visit;
  const now = systemClock.now();
  const building = await findBuilding(scope, buildingId, now);
  if (!building) notFound();
  const seesMoney = scope.permissions.includes("sale:read");
  const [organization, state, sales] = await Promise.all([
    findOrganization(scope),
    loadBuildingNow(scope, building, now),
    seesMoney ? listSales(scope, { buildingId, take: RECENT_SALES }) : [],
  ]);
  const frame = await consoleFrame(visit, organization.name);
  const { t } = frame;
  const hrefOf = (purchaseId: string) => `/o/${org}/purchases/${purchaseId}`;
  const view = {
    facade: facadeView({ org, building, units: state.units, now, t, seesMoney }),
    placeText: building.address,
    roomsHref: `/o/${org}/buildings/${buildingId}/rooms`,
    reconciliationHref: scope.permissions.includes("reconciliation:read")
      ? `/o/${org}/buildings/${buildingId}/reconciliation`
      : null,
    unitCount: state.units.length,
    brightCount: state.units.filter((unit) => unit.light === "bright").length,
    figures: buildingFigures({ building, state, t }),
    sales: sales.map((sale) => saleRow(sale, { t, place: building, hrefOf })),
  };
  return <BuildingPage frame={frame} view={view} />;
}
