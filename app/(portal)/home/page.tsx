import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireResidentScope } from "@/app/_scope/require-resident-scope";
import { lastDayText } from "@/app/_view/civil-days";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { saleRow } from "@/app/_view/sale-rows";
import { ResidentHome } from "@/components/property/resident-home";
import type { Translate } from "@/components/ui/translate";
import { systemClock } from "@/lib/platform";
import { civilDayAt, type HeldUnit, listHeldUnits } from "@/lib/property";
import { listSales, type SaleView } from "@/lib/vending";

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
      leaseId: unit.leaseId,
      unitLabel: [unit.label, unit.bedLabel].filter(Boolean).join(" "),
      buildingName: unit.building.name,
      endsText: endsText(unit, now, t),
      hasEnded: unit.hasEnded,
      buyHref: unit.meterNumber ? `/buy?meter=${unit.meterNumber}` : null,
      topUps: sales
        .filter((sale) => isOf(sale, unit))
        .map((sale) =>
          saleRow(sale, { t, place: unit.building, hrefOf: (id) => `/home/purchases/${id}` }),
        ),
    }));
  });
  const all = (await Promise.all(perScope)).flat();
  // What runs stands above what is over, also where several landlords let.
  const homes = [...all.filter((home) => !home.hasEnded), ...all.filter((home) => home.hasEnded)];
  const signOut = { action: "/sign-out", fields: [] };
  const view = { personName: person.name, homes, joinHref: "/join", signOut };
  return <ResidentHome frame={frame} view={view} />;
}

/** Of a shared room, whatever was bought on the days of the own lease. */
function isOf(sale: SaleView, { leaseId, unitId, bedLabel, startsOn, endsOn, building }: HeldUnit) {
  if (bedLabel === null) return sale.leaseId === leaseId;
  const day = civilDayAt(sale.at, building.timeZone);
  return sale.unitId === unitId && day >= startsOn && (endsOn === null || day < endsOn);
}

/** Until when a lease runs or ran; null while no end is known. */
function endsText({ endsOn, hasEnded, building }: HeldUnit, now: Date, t: Translate) {
  if (endsOn === null) return null;
  const day = lastDayText(endsOn, building, now);
  return t(hasEnded ? "homePage.ended" : "homePage.ends", { day });
}
