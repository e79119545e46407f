import { buildingsOf, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";
import { isId } from "@/lib/platform";
import { formatReceiptNumber, type PurchaseStatus } from "@/lib/vending";
import { parseReceiptNumber, searchKeyOf } from "../core/search-key";

/** What the address bar asks for; null where it asks for nothing of the kind. */
export type SalesFilter = {
  readonly buildingId: string | null;
  /** A unit by its id, where a page is of one. */
  readonly unitId?: string;
  readonly unitLabel: string | null;
  readonly state: "issued" | "waiting" | "refunded" | null;
  readonly from: Date | null;
  readonly until: Date | null;
  readonly receipt: string | null;
};

export type SalesCursor = { readonly at: Date; readonly id: string };

export type SoldRow = {
  readonly purchaseId: string;
  readonly at: Date;
  readonly status: PurchaseStatus;
  readonly buildingName: string;
  readonly unitId: string;
  readonly unitLabel: string;
  readonly currency: CurrencyCode;
  readonly locale: string;
  readonly timeZone: string;
  readonly amountMinor: bigint;
  readonly energyWh: bigint | null;
  readonly receiptNumber: string | null;
};

export type SalesSum = {
  readonly currency: CurrencyCode;
  readonly count: number;
  readonly amountMinor: bigint;
  readonly energyWh: bigint;
};

type Row = Omit<SoldRow, "currency" | "receiptNumber"> & {
  readonly currency: string;
  readonly series: string | null;
  readonly number: bigint | null;
};

const STATES = {
  issued: ["issued", "delivered"],
  waiting: ["paid", "reserved", "in_doubt", "refund_due"],
  refunded: ["refunded"],
};
const EVER = { from: new Date(0), until: new Date("9999-01-01T00:00:00Z") };

/** Everything that was sold in a building, or in a unit. */
export function soldIn(where: { readonly buildingId: string } | { readonly unitId: string }) {
  const all = { unitLabel: null, state: null, from: null, until: null, receipt: null };
  return { buildingId: null, ...all, ...where } satisfies SalesFilter;
}

/** The filter as the statements want it; a receipt that is none finds nothing. */
function termsOf(scope: OrgScope, filter: SalesFilter) {
  const receipt = filter.receipt === null ? null : parseReceiptNumber(filter.receipt);
  const within = buildingsOf(scope);
  const isMine =
    filter.buildingId === null ||
    (isId(filter.buildingId) && (within?.includes(filter.buildingId) ?? true));
  return {
    receipt,
    // One list says it all: the building asked for, or those a role is limited to, or every one.
    buildings: filter.buildingId === null ? within : isMine ? [filter.buildingId] : [],
    states: filter.state === null ? null : STATES[filter.state],
    from: filter.from ?? EVER.from,
    until: filter.until ?? EVER.until,
    // As units are found by in a search: "a204" is A-204.
    unitKey: filter.unitLabel === null ? null : searchKeyOf(filter.unitLabel),
    // What waits or was paid back has no token: said so, an index of few rows answers.
    isAnyIssued: filter.state === null || filter.state === "issued",
    isNothing: filter.receipt !== null && receipt === null,
  };
}

/**
 * Purchases with money in them, newest first, from after a cursor: keyset by keyset, so that the
 * last page costs what the first does.
 */
export async function listSold(
  scope: OrgScope,
  asked: {
    readonly filter: SalesFilter;
    readonly after: SalesCursor | null;
    readonly take: number;
  },
): Promise<readonly SoldRow[]> {
  const { filter, take } = asked;
  const terms = termsOf(scope, filter);
  const { receipt, buildings, states, from, until, unitKey, isAnyIssued } = terms;
  if (terms.isNothing) return [];
  const after = asked.after ?? { at: EVER.until, id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };
  const unitId = filter.unitId ?? null;
  const one = buildings?.length === 1 ? (buildings[0] ?? null) : null;
  const rows = await inScope(
    scope,
    (tx) => tx.db.$queryRaw<Row[]>`
      SELECT p.id AS "purchaseId", p.paid_at AS at, p.status, b.name AS "buildingName",
        u.id AS "unitId", u.label AS "unitLabel", p.currency, b.locale,
        b.time_zone AS "timeZone", p.amount_minor AS "amountMinor", p.energy_wh AS "energyWh",
        p.receipt_series AS series, p.receipt_number AS number
      FROM purchase p
      JOIN unit u ON u.organization_id = p.organization_id AND u.id = p.unit_id
      JOIN building b ON b.organization_id = p.organization_id AND b.id = p.building_id
      WHERE p.organization_id = ${scope.organizationId}::uuid AND p.paid_at IS NOT NULL
        AND (p.paid_at, p.id) < (${after.at}::timestamptz, ${after.id}::uuid)
        AND p.paid_at >= ${from}::timestamptz AND p.paid_at < ${until}::timestamptz
        AND (${one}::uuid IS NULL OR p.building_id = ${one}::uuid)
        AND (${unitId}::uuid IS NULL OR p.unit_id = ${unitId}::uuid)
        AND (${buildings}::uuid[] IS NULL OR p.building_id = ANY (${buildings}::uuid[]))
        AND (${states}::text[] IS NULL OR p.status = ANY (${states}::text[]))
        AND (${unitKey}::text IS NULL OR p.unit_id = ANY (ARRAY(SELECT h.id FROM unit h
          WHERE h.organization_id = ${scope.organizationId}::uuid
            AND h.search_key = ${unitKey}::text)))
        AND (${isAnyIssued} OR p.issued_at IS NULL)
        AND (${receipt?.series ?? null}::text IS NULL
          OR (p.receipt_series = ${receipt?.series ?? null}::text
            AND p.receipt_number = ${receipt?.number ?? null}::bigint))
      ORDER BY p.paid_at DESC, p.id DESC LIMIT ${take}`,
  );
  return rows.map(({ series, number, currency, ...row }) => ({
    ...row,
    currency: currencyOf(currency),
    receiptNumber: series && number ? formatReceiptNumber(series, number) : null,
  }));
}

/**
 * What the filter holds, a sum for each currency; null where it holds more than `most` purchases:
 * then a shorter period is asked for rather than the page made to wait.
 */
export async function sumSold(
  scope: OrgScope,
  { filter, most }: { readonly filter: SalesFilter; readonly most: number },
): Promise<readonly SalesSum[] | null> {
  const terms = termsOf(scope, filter);
  const { receipt, buildings, states, from, until, unitKey, isAnyIssued } = terms;
  if (terms.isNothing) return [];
  const rows = await inScope(
    scope,
    (tx) => tx.db.$queryRaw<(Omit<SalesSum, "currency"> & { currency: string })[]>`
      SELECT found.currency, count(*)::int AS count,
        sum(found.amount_minor)::bigint AS "amountMinor",
        coalesce(sum(found.energy_wh), 0)::bigint AS "energyWh"
      FROM (SELECT p.currency, p.amount_minor, p.energy_wh FROM purchase p
        WHERE p.organization_id = ${scope.organizationId}::uuid AND p.paid_at IS NOT NULL
          AND p.paid_at >= ${from}::timestamptz AND p.paid_at < ${until}::timestamptz
          AND (${buildings}::uuid[] IS NULL OR p.building_id = ANY (${buildings}::uuid[]))
          AND (${states}::text[] IS NULL OR p.status = ANY (${states}::text[]))
          AND (${unitKey}::text IS NULL OR p.unit_id = ANY (ARRAY(SELECT h.id FROM unit h
            WHERE h.organization_id = ${scope.organizationId}::uuid
              AND h.search_key = ${unitKey}::text)))
          AND (${isAnyIssued} OR p.issued_at IS NULL)
          AND (${receipt?.series ?? null}::text IS NULL
            OR (p.receipt_series = ${receipt?.series ?? null}::text
              AND p.receipt_number = ${receipt?.number ?? null}::bigint))
        LIMIT ${most + 1}) found
      GROUP BY found.currency ORDER BY found.currency`,
  );
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  if (count > most) return null;
  return rows.map((row) => ({ ...row, currency: currencyOf(row.currency) }));
}

function currencyOf(text: string): CurrencyCode {
  const currency = parseCurrencyCode(text);
  assert(currency.ok, "a purchase is in a currency we know");
  return currency.value;
}
