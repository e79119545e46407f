import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { readingFields } from "@/app/_form/enter-reading";
import { requireResidentScope } from "@/app/_scope/require-resident-scope";
import { usageSection } from "@/app/_usage/usage-section";
import { lastDayText } from "@/app/_view/civil-days";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { saleRow } from "@/app/_view/sale-rows";
import { type HomeView, ResidentHome } from "@/components/residents/resident-home";
import type { Translate } from "@/components/ui/translate";
import { creditOfUnit } from "@/lib/metering";
import { systemClock } from "@/lib/platform";
import { findUnit, type HeldUnit } from "@/lib/property";
import { listSales } from "@/lib/vending";
import { enterOwnReadingAction } from "./actions";
import { type Home, listHomes } from "./held-homes";
import { homeCreditView } from "./home-credit";

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("homePage.title") };

type Asked = Readonly<Record<string, string | string[] | undefined>>;
type Props = { readonly searchParams: Promise<Asked> };
type Context = { readonly asked: Asked; readonly now: Date; readonly t: Translate };

const PATH = "/home";
const SHOWN = 20;

/** A resident's home: what is left, what was bought and used, and nothing of anybody before. */
export default async function ResidentRoute({ searchParams }: Props) {
  const [{ person, scopes }, asked, frame] = await Promise.all([
    requireResidentScope(),
    searchParams,
    phoneFrame(null),
  ]);
  const { t } = frame;
  const now = systemClock.now();
  const homes = await listHomes(scopes, now);
  const chosen = homes.find(({ unit }) => unit.leaseId === asked.home) ?? homes[0] ?? null;
  const view = {
    personName: person.name,
    home: chosen && (await homeView(chosen, { asked, now, t })),
    homes: homes.map(({ unit }) => ({
      leaseId: unit.leaseId,
      href: hrefOf(unit),
      unitLabel: labelOf(unit),
      buildingName: unit.building.name,
      endsText: endsText(unit, now, t),
      isCurrent: unit.leaseId === chosen?.unit.leaseId,
    })),
    joinHref: "/join",
    signOut: { action: "/sign-out", fields: [] },
  };
  return <ResidentHome frame={frame} view={view} />;
}

const hrefOf = ({ leaseId }: HeldUnit) => `${PATH}?home=${leaseId}`;

const labelOf = ({ label, bedLabel }: HeldUnit) => [label, bedLabel].filter(Boolean).join(" ");

/** Of a shared room, whatever was bought on the days of the own lease. */
const boughtIn = ({ bedLabel, leaseId, unitId }: HeldUnit) =>
  bedLabel === null ? { leaseId } : { unitId };

async function homeView({ scope, unit }: Home, context: Context): Promise<HomeView> {
  const { asked, now, t } = context;
  const { leaseId, hasEnded, building, meterNumber } = unit;
  const before = typeof asked.before === "string" ? asked.before : null;
  const take = SHOWN + 1;
  const [credit, sales, whole] = await Promise.all([
    hasEnded ? null : creditOfUnit(scope, { unitId: unit.unitId, now }),
    listSales(scope, { ...boughtIn(unit), take, ...(before ? { before } : {}) }),
    findUnit(scope, unit.unitId, now),
  ]);
  const usage =
    whole &&
    (await usageSection(
      { kind: "lease", leaseId, unit: whole },
      { scope, path: PATH, asked: { ...asked, home: leaseId }, now, t },
    ));
  const shown = sales.slice(0, SHOWN);
  const last = shown.at(-1);
  const place = { t, place: building, hrefOf: (id: string) => `/home/purchases/${id}` };
  return {
    leaseId,
    unitLabel: labelOf(unit),
    buildingName: building.name,
    endsText: endsText(unit, now, t),
    hasEnded,
    hasMeter: meterNumber !== null,
    credit: credit && homeCreditView(credit.estimate, unit, { now, t }),
    buyHref: meterNumber ? `/buy?meter=${meterNumber}` : null,
    reading:
      unit.meterId && !hasEnded
        ? {
            action: enterOwnReadingAction.bind(null, { leaseId }),
            view: {
              id: "own-reading",
              summary: t("homePage.reading"),
              submit: t("homePage.readingSubmit"),
              isForPhone: true,
              fields: readingFields({ timeZone: building.timeZone, now }, t),
            },
          }
        : null,
    usage,
    topUps: shown.map((sale) => saleRow(sale, place)),
    earlierHref:
      sales.length > SHOWN && last ? `${hrefOf(unit)}&before=${last.purchaseId}#history` : null,
    newestHref: before ? `${hrefOf(unit)}#history` : null,
  };
}

/** Until when a lease runs or ran; null while no end is known. */
function endsText({ endsOn, hasEnded, building }: HeldUnit, now: Date, t: Translate) {
  if (endsOn === null) return null;
  const day = lastDayText(endsOn, building, now);
  return t(hasEnded ? "homePage.ended" : "homePage.ends", { day });
}
