import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { BuildingsPage } from "@/components/property/buildings-page";
import { findOrganization } from "@/lib/access";
import { formatMoney } from "@/lib/money";
import { systemClock } from "@/lib/platform";
import { listBuildings } from "@/lib/property";
import { loadBuildingNow } from "./building-now";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("buildings.title") };

const MOST_BUILDINGS = 50;

/** The portfolio: every building with the figures that decide which one to open. */
export default async function OrganizationPage({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "building:read");
  const { scope } = visit;
  const organization = await findOrganization(scope);
  const frame = await consoleFrame(visit, organization.name);
  const now = systemClock.now();
  const buildings = await listBuildings(scope, { take: MOST_BUILDINGS });
  const rows = buildings.map(async (building) => {
    const state = await loadBuildingNow(scope, building, now);
    const dark = state.units.filter((unit) => unit.light === "dark").length;
    const { currency, locale } = building;
    return {
      buildingId: building.id,
      href: `/o/${org}/buildings/${building.id}`,
      name: building.name,
      placeText: building.address,
      unitsText: String(state.units.length),
      outOfCreditText: String(dark),
      soldTodayText: state.today
        ? formatMoney({ amountMinor: state.today.amountMinor, currency }, locale, { isShort: true })
        : "",
    };
  });
  return <BuildingsPage frame={frame} buildings={await Promise.all(rows)} />;
}
