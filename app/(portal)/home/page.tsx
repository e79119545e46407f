import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireResidentScope } from "@/app/_scope/require-resident-scope";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { saleRow } from "@/app/_view/sale-rows";
import { ResidentHome } from "@/components/property/resident-home";
import { systemClock } from "@/lib/platform";
import { listHeldUnits } from "@/lib/property";
import { listSales } from "@/lib/vending";

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("homePage.title") };

const HISTORY = 50;

/** What a resident bought under the leases held, and nothing of anybody before. */
export default async function ResidentRoute() {
  const { person, scopes } = await requireResidentScope();
  const frame = await phoneFrame(null);
  const { t } = frame;
  const now = systemClock.now();
  const perScope = scopes.map(async (scope) => {
    const [units, sales] = await Promise.all([
      listHeldUnits(scope, now),
      listSales(scope, { take: HISTORY }),
    ]);
    return units.map((unit) => ({
      unitId: unit.unitId,
      unitLabel: unit.label,
      buildingName: unit.building.name,
      buyHref: unit.meterNumber ? `/buy?meter=${unit.meterNumber}` : null,
      topUps: sales
        .filter((sale) => sale.unitId === unit.unitId)
        .map((sale) =>
          saleRow(sale, { t, place: unit.building, hrefOf: (id) => `/home/purchases/${id}` }),
        ),
    }));
  });
  const homes = (await Promise.all(perScope)).flat();
  const signOut = { action: "/sign-out", fields: [] };
  return <ResidentHome frame={frame} view={{ personName: person.name, homes, signOut }} />;
}
