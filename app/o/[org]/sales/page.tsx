import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { SalesPage } from "@/components/property/sales-page";
import type { Translate } from "@/components/ui/translate";
import { formatEnergy, formatMoney } from "@/lib/money";
import { listSold, type SalesSum, type SoldRow, sumSold } from "@/lib/overview";
import { listBuildings } from "@/lib/property";
import { cursorOf, cursorText, readSalesQuery, salesFilterOf, salesHref } from "./sales-query";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("sales.title") };

const A_PAGE = 50;
const MOST_SUMMED = 10_000;
const MOST_BUILDINGS = 500;
const NO_BUILDING = { locale: "en", timeZone: "UTC" };

/** Every purchase with money in it, newest first; the address bar holds the choice. */
export default async function SalesRoute({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "sale:read");
  const { scope } = visit;
  const query = readSalesQuery(await searchParams);
  const [frame, buildings] = await Promise.all([
    consoleFrame(visit, null, "sales"),
    listBuildings(scope, { take: MOST_BUILDINGS }),
  ]);
  const { t } = frame;
  const place = buildings.find(({ id }) => id === query.building) ?? buildings[0] ?? NO_BUILDING;
  const filter = salesFilterOf(query, place.timeZone);
  const after = query.after === null ? null : cursorOf(query.after);
  const [rows, sums] = await Promise.all([
    listSold(scope, { filter, after, take: A_PAGE + 1 }),
    sumSold(scope, { filter, most: MOST_SUMMED }),
  ]);
  const path = `/o/${org}/sales`;
  const shown = rows.slice(0, A_PAGE);
  const last = rows.length > A_PAGE ? shown.at(-1) : undefined;
  const next = last && cursorText({ at: last.at, id: last.purchaseId });
  const { after: _after, ...asked } = query;
  const view = {
    path,
    query,
    buildings: buildings.map(({ id, name }) => ({ value: id, label: name })),
    isFiltered: Object.values(asked).some((value) => value !== null),
    sumTexts: sumTexts(sums, place.locale, t),
    rows: shown.map((row) => soldView(row, org, t)),
    olderHref: next ? salesHref(path, { ...query, after: next }) : null,
    newestHref: query.after === null ? null : salesHref(path, { ...query, after: null }),
    csvHref: salesHref(`${path}/csv`, { ...query, after: null }),
  };
  return <SalesPage frame={frame} view={view} />;
}

function soldView(row: SoldRow, org: string, t: Translate) {
  const { amountMinor, currency, locale, energyWh } = row;
  return {
    key: row.purchaseId,
    href: `/o/${org}/purchases/${row.purchaseId}`,
    atText: formatInstant(row.at, row),
    unitLabel: row.unitLabel,
    unitHref: `/o/${org}/units/${row.unitId}`,
    buildingName: row.buildingName,
    amountText: formatMoney({ amountMinor, currency }, locale, {}),
    energyText:
      energyWh === null ? "" : t("energy.kwh", { energy: formatEnergy(energyWh, locale) }),
    receiptText: row.receiptNumber ?? "",
    status: row.status,
  };
}

/** A sum for each currency; null, with more than can be summed while a page is waited for. */
function sumTexts(
  sums: readonly SalesSum[] | null,
  locale: string,
  t: Translate,
): readonly string[] {
  if (!sums)
    return [t("sales.sumMany", { most: new Intl.NumberFormat(locale).format(MOST_SUMMED) })];
  return sums.map(({ count, amountMinor, currency, energyWh }) =>
    t("sales.sum", {
      count,
      amount: formatMoney({ amountMinor, currency }, locale, {}),
      energy: formatEnergy(energyWh, locale),
    }),
  );
}
