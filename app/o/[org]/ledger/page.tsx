import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { LedgerPage } from "@/components/ledger/ledger-page";
import { findOrganization } from "@/lib/access";
import { listMonths, listTrialBalance } from "@/lib/ledger";
import { systemClock } from "@/lib/platform";
import { civilDayAt, listBuildings } from "@/lib/property";
import { dayAfter } from "@/lib/property/shared";
import { ledgerHref, readLedgerQuery } from "./ledger-query";
import { balanceViews, monthsView } from "./ledger-view";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("ledger.title") };

const MOST_BUILDINGS = 500;
const MOST_MONTHS = 24;
const NO_BUILDING = { locale: "en", timeZone: "UTC" };

/** What stands on every account at the end of a day, and which months are closed. */
export default async function LedgerRoute({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "ledger:read");
  const { scope } = visit;
  const now = systemClock.now();
  const query = readLedgerQuery(await searchParams);
  const [organization, buildings] = await Promise.all([
    findOrganization(scope),
    listBuildings(scope, { take: MOST_BUILDINGS }),
  ]);
  const frame = await consoleFrame(visit, organization.name, "ledger");
  const { t } = frame;
  const place = buildings.find(({ id }) => id === query.building) ?? buildings[0] ?? NO_BUILDING;
  const today = civilDayAt(now, place.timeZone);
  const day = query.day ?? today;
  const { building } = query;
  const [balances, months] = await Promise.all([
    listTrialBalance(scope, { buildingId: building, dayAfter: dayAfter(day) }),
    listMonths(scope, { today, now, most: MOST_MONTHS }),
  ]);
  const path = `/o/${org}/ledger`;
  const view = {
    path,
    day,
    building,
    buildings: buildings.map(({ id, name }) => ({ value: id, label: name })),
    csvHref: ledgerHref(`${path}/csv`, { day, building }),
    currencies: balanceViews(balances, { path, day, building, locale: place.locale, t }),
    ...(await monthsView(months, { scope, place, now, t })),
  };
  return <LedgerPage frame={frame} view={view} />;
}
