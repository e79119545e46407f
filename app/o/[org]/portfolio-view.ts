import type { BuildingRowView, FirstHourView } from "@/components/property/buildings-page";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import { type CurrencyCode, formatEnergy, formatMoney } from "@/lib/money";
import type { FirstSteps, PortfolioRow } from "@/lib/overview";
import { type PortfolioAsked, portfolioHref } from "./portfolio-query";

/** One building of the list, in its own money and its own way of writing. */
export function buildingRow(
  row: PortfolioRow,
  {
    org,
    seesMoney,
    t,
  }: { readonly org: string; readonly seesMoney: boolean; readonly t: Translate },
): BuildingRowView {
  const { id, name, address, currency, locale, units, lit, dim, dark, needsYou } = row;
  const rest = Math.max(0, units - lit - dim - dark);
  const numbers = new Intl.NumberFormat(locale);
  const kwh = (wh: bigint) => t("energy.kwh", { energy: formatEnergy(wh, locale) });
  const money = { amountMinor: row.soldMinor, currency };
  return {
    buildingId: id,
    href: `/o/${org}/buildings/${id}`,
    name,
    placeText: address,
    unitsText: numbers.format(units),
    strip: { lit, dim, dark, rest },
    stripText: t("buildings.strip", { lit, dim, dark, rest }),
    outOfCreditText: numbers.format(dark),
    soldTodayText: seesMoney ? formatMoney(money, locale, { isShort: true }) : kwh(row.soldWh),
    soldEnergyText: seesMoney ? kwh(row.soldWh) : "",
    usedMonthText: row.usedMonthWh === 0n ? "–" : kwh(row.usedMonthWh),
    needsYouText: needsYou === 0 ? "" : numbers.format(needsYou),
  };
}

/** What was sold today in the buildings shown, a sum for each currency. */
export function totalsText(rows: readonly PortfolioRow[], t: Translate): string {
  const sums = new Map<CurrencyCode, { minor: bigint; locale: string }>();
  for (const { currency, soldMinor, locale } of rows) {
    const minor = (sums.get(currency)?.minor ?? 0n) + soldMinor;
    sums.set(currency, { minor, locale });
  }
  const texts = [...sums].map(([currency, { minor, locale }]) =>
    formatMoney({ amountMinor: minor, currency }, locale, { isShort: true }),
  );
  return texts.length === 0 ? "" : `${t("buildings.soldToday")}: ${texts.join(" · ")}`;
}

export function pagesView(
  asked: PortfolioAsked,
  list: {
    readonly path: string;
    readonly found: number;
    readonly take: number;
    readonly t: Translate;
  },
) {
  const { path, found, take, t } = list;
  const pages = Math.max(1, Math.ceil(found / take));
  const { page } = asked;
  if (pages === 1 && page === 1) return null;
  return {
    text: t("buildings.pages", { page, pages }),
    previousHref: page > 1 ? portfolioHref(path, { ...asked, page: page - 1 }) : null,
    nextHref: page < pages ? portfolioHref(path, { ...asked, page: page + 1 }) : null,
  };
}

/** The way to the first token, for who may go it; the others read who does. */
export function firstHour(
  { slug, permissions }: OrgScope,
  steps: FirstSteps | null,
  t: Translate,
): FirstHourView {
  const isOpen = permissions.includes("property:manage");
  return {
    text: isOpen ? t("buildings.emptyText") : t("buildings.emptyOthers"),
    importHref: isOpen ? `/o/${slug}/import` : null,
    drawHref: isOpen ? `/o/${slug}/buildings/new` : null,
    tariffHref: permissions.includes("tariff:manage") ? `/o/${slug}/tariffs/new` : null,
    done: {
      building: steps?.hasBuilding ?? false,
      tariff: steps?.hasTariff ?? false,
      sale: steps?.hasSold ?? false,
    },
    // Until its first token an organization is shown what comes next, to who can do it.
    isUnderWay: steps !== null && isOpen && !steps.hasSold,
  };
}
