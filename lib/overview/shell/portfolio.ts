import { buildingsOf, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import { searchKeyOf } from "../core/search-key";

export const PORTFOLIO_SORTS = ["name", "dark", "sold", "needs"] as const;
export type PortfolioSort = (typeof PORTFOLIO_SORTS)[number];

/** A building with the figures that decide which one to open. */
export type PortfolioRow = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly currency: CurrencyCode;
  readonly timeZone: string;
  readonly locale: string;
  /** Let units: flats, rooms and shops. */
  readonly units: number;
  readonly lit: number;
  readonly dim: number;
  /** Out of credit and lived in. */
  readonly dark: number;
  readonly soldMinor: bigint;
  readonly soldWh: bigint;
  readonly usedMonthWh: bigint;
  readonly needsYou: number;
  /** Of all buildings found, not of this page. */
  readonly found: number;
};

export type PortfolioQuery = {
  readonly text: string;
  readonly sort: PortfolioSort;
  readonly page: number;
  readonly take: number;
  readonly now: Date;
};

type Row = Omit<PortfolioRow, "currency"> & { readonly currency: string };

/**
 * A page of the buildings that a scope sees, in one statement. The day's begin is worked out once
 * for each building: under policies an index is not asked with a reckoning. Sorted by a figure, it
 * is worked out for every building found; by name, for those of the page alone.
 */
export async function listPortfolio(
  scope: OrgScope,
  query: PortfolioQuery,
): Promise<readonly PortfolioRow[]> {
  const { text, sort, page, take, now } = query;
  const within = buildingsOf(scope);
  const key = searchKeyOf(text);
  const isByName = sort === "name";
  const offset = (page - 1) * take;
  const rows = await inScope(
    scope,
    (tx) => tx.db.$queryRaw<Row[]>`
      WITH seen AS MATERIALIZED (
        SELECT b.id, b.organization_id, b.name, b.address, b.currency,
          b.time_zone AS "timeZone", b.locale, count(*) OVER ()::int AS found,
          date_trunc('day', ${now}::timestamptz AT TIME ZONE b.time_zone) AS today,
          date_trunc('day', ${now}::timestamptz AT TIME ZONE b.time_zone)
            AT TIME ZONE b.time_zone AS day_began
        FROM building b
        WHERE b.organization_id = ${scope.organizationId}::uuid
          AND (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[]))
          AND (${key} = '' OR b.search_key LIKE '%' || ${key} || '%'
            OR lower(b.address) LIKE '%' || lower(${text}) || '%')
        ORDER BY b.name, b.id
        LIMIT ${isByName ? take : 1_000} OFFSET ${isByName ? offset : 0})
      SELECT b.id, b.name, b.address, b.currency, b."timeZone", b.locale, b.found,
        homes.units, coalesce(credit.lit, 0) AS lit, coalesce(credit.dim, 0) AS dim,
        coalesce(credit.dark, 0) AS dark, sold.minor AS "soldMinor", sold.wh AS "soldWh",
        used.wh AS "usedMonthWh", waiting.count AS "needsYou"
      FROM seen b
      CROSS JOIN LATERAL (SELECT count(*)::int AS units FROM unit u
        WHERE u.organization_id = b.organization_id AND u.building_id = b.id
          AND u.kind IN ('flat', 'room', 'shop')) homes
      CROSS JOIN LATERAL (SELECT
          count(*) FILTER (WHERE c.runs_out_at > ${now}::timestamptz + interval '7 days')::int
            AS lit,
          count(*) FILTER (WHERE c.runs_out_at > ${now}::timestamptz
            AND c.runs_out_at <= ${now}::timestamptz + interval '7 days')::int AS dim,
          count(*) FILTER (WHERE c.runs_out_at <= ${now}::timestamptz
            AND EXISTS (SELECT FROM lease l WHERE l.organization_id = c.organization_id
              AND l.unit_id = c.unit_id
              AND daterange(l.starts_on, l.ends_on, '[)') @> b.today::date))::int AS dark
        FROM unit_credit c
        WHERE c.organization_id = b.organization_id AND c.building_id = b.id) credit
      CROSS JOIN LATERAL (SELECT coalesce(sum(p.amount_minor), 0)::bigint AS minor,
          coalesce(sum(p.energy_wh), 0)::bigint AS wh
        FROM purchase p
        WHERE p.organization_id = b.organization_id AND p.building_id = b.id
          AND p.issued_at >= b.day_began
          AND p.issued_at <= ${now}::timestamptz) sold
      CROSS JOIN LATERAL (SELECT coalesce(sum(m.used), 0)::bigint AS wh FROM building_month m
        WHERE m.organization_id = b.organization_id AND m.building_id = b.id
          AND m.resource = 'electricity' AND m.unit_kind <> 'intake'
          AND m.day = date_trunc('month', b.today)::date) used
      CROSS JOIN LATERAL (SELECT count(*)::int AS count FROM purchase p
        WHERE p.organization_id = b.organization_id AND p.building_id = b.id
          AND p.paid_at < ${now}::timestamptz - interval '2 minutes' AND p.issued_at IS NULL
          AND p.status IN ('paid', 'reserved', 'in_doubt', 'refund_due')) waiting
      ORDER BY CASE ${sort} WHEN 'dark' THEN credit.dark WHEN 'needs' THEN waiting.count
        WHEN 'sold' THEN sold.minor ELSE 0 END DESC, b.name, b.id
      LIMIT ${take} OFFSET ${isByName ? 0 : offset}`,
  );
  return rows.map((row) => ({ ...row, currency: currencyOf(row.currency) }));
}

function currencyOf(text: string): CurrencyCode {
  const currency = parseCurrencyCode(text);
  assert(currency.ok, "a building keeps its books in a currency we know");
  return currency.value;
}
