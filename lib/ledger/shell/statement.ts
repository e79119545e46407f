import { inScope, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { assert } from "@/lib/kernel";
import type { CurrencyCode } from "@/lib/money";
import type { LedgerAccount } from "../core/accounts";
import { LEDGER_REASONS, type LedgerReason } from "../core/reasons";
import { balancesBefore } from "./balances";
import { type LedgerPart, requireAccount, termsOf } from "./ledger-terms";

/** The last row of a page, from which the next one goes on. */
export type StatementCursor = { readonly at: Date; readonly id: string };

export type StatementRow = {
  readonly id: string;
  readonly at: Date;
  readonly reason: LedgerReason;
  /** The account on the other side. */
  readonly other: LedgerAccount;
  readonly detail: string;
  /** Above zero where it was credited. */
  readonly amountMinor: bigint;
  /** What stands on the account after it. */
  readonly balanceMinor: bigint;
  /** Null for what no purchase is behind. */
  readonly purchaseId: string | null;
  readonly receiptSeries: string | null;
  readonly receiptNumber: bigint | null;
  readonly unitId: string | null;
  readonly unitLabel: string | null;
  readonly buildingName: string | null;
  readonly timeZone: string;
};

export type Statement = {
  readonly openingMinor: bigint;
  readonly rows: readonly StatementRow[];
  /** What stands at the end of the last day. */
  readonly closingMinor: bigint;
  readonly hasMore: boolean;
};

export type AskedStatement = LedgerPart & {
  readonly account: LedgerAccount;
  readonly currency: CurrencyCode;
  /** Civil days, "YYYY-MM-DD": the first, and the one after the last. */
  readonly from: string;
  readonly dayAfter: string;
  readonly after: StatementCursor | null;
  readonly take: number;
};

type Row = Omit<StatementRow, "reason" | "other" | "balanceMinor"> & {
  readonly reason: string;
  readonly other: string;
};

/**
 * What moved an account from one day to another, oldest first, with what stood on it before and
 * after each row. Days are those of each row's own building. Page by page from after a row.
 */
export function findStatement(scope: OrgScope, asked: AskedStatement): Promise<Statement> {
  return inScope(scope, async (tx) => {
    const part = termsOf(scope, asked);
    const standsAt = async (day: string) => {
      const balances = await balancesBefore(tx, part, day);
      const found = balances.find(
        ({ account, currency }) => account === asked.account && currency === asked.currency,
      );
      return found?.balanceMinor ?? 0n;
    };
    const openingMinor = await standsAt(asked.from);
    const closingMinor = await standsAt(asked.dayAfter);
    const before = asked.after === null ? 0n : await sumUntil(tx, asked, asked.after);
    const rows = await listRows(tx, asked);
    let balanceMinor = openingMinor + before;
    const shown = rows.slice(0, asked.take).map((row) => {
      balanceMinor += row.amountMinor;
      return {
        ...row,
        reason: requireReason(row.reason),
        other: requireAccount(row.other),
        balanceMinor,
      };
    });
    return { openingMinor, rows: shown, closingMinor, hasMore: rows.length > asked.take };
  });
}

const NOWHERE = { at: new Date(0), id: "00000000-0000-0000-0000-000000000000" };

/** What the rows of the pages before come to: one range of one index for each building. */
async function sumUntil(
  tx: ScopedTx<OrgScope>,
  asked: AskedStatement,
  after: StatementCursor,
): Promise<bigint> {
  const { organizationId } = tx.scope;
  const { buildings, isWhole, leaseId } = termsOf(tx.scope, asked);
  const { account, currency, from, dayAfter } = asked;
  const [sum] = await tx.db.$queryRaw<{ amount: bigint }[]>`
    WITH place AS MATERIALIZED (
      SELECT b.id, b.name, b.time_zone, ${from}::timestamp AT TIME ZONE b.time_zone AS since,
        ${dayAfter}::timestamp AT TIME ZONE b.time_zone AS until
      FROM building b WHERE b.organization_id = ${organizationId}::uuid
        AND (${buildings}::uuid[] IS NULL OR b.id = ANY (${buildings}::uuid[]))
      UNION ALL
      SELECT NULL, NULL, 'UTC', ${from}::timestamp AT TIME ZONE 'UTC',
        ${dayAfter}::timestamp AT TIME ZONE 'UTC' WHERE ${isWhole}
    )
    SELECT coalesce(sum(CASE ${account} WHEN t.credit_account THEN t.amount_minor
      ELSE -t.amount_minor END), 0)::bigint AS amount
    FROM place p CROSS JOIN LATERAL (
      SELECT t.credit_account, t.amount_minor FROM ledger_transfer t
      WHERE t.organization_id = ${organizationId}::uuid AND t.building_id = p.id
        AND ${account} IN (t.debit_account, t.credit_account) AND t.currency = ${currency}
        AND (${leaseId}::uuid IS NULL OR t.lease_id = ${leaseId}::uuid)
        AND t.at >= p.since AND t.at <= ${after.at}::timestamptz
        AND (t.at, t.id) <= (${after.at}::timestamptz, ${after.id}::uuid)
      UNION ALL
      SELECT t.credit_account, t.amount_minor FROM ledger_transfer t
      WHERE p.id IS NULL AND t.organization_id = ${organizationId}::uuid AND t.building_id IS NULL
        AND ${account} IN (t.debit_account, t.credit_account) AND t.currency = ${currency}
        AND (${leaseId}::uuid IS NULL OR t.lease_id = ${leaseId}::uuid)
        AND t.at >= p.since AND t.at <= ${after.at}::timestamptz
        AND (t.at, t.id) <= (${after.at}::timestamptz, ${after.id}::uuid)) t`;
  return sum?.amount ?? 0n;
}

/**
 * The rows of a page, and one more where there are more: those of each building in their order, and
 * of these the first.
 */
function listRows(tx: ScopedTx<OrgScope>, asked: AskedStatement): Promise<readonly Row[]> {
  const { organizationId } = tx.scope;
  const { buildings, isWhole, leaseId } = termsOf(tx.scope, asked);
  const { account, currency, from, dayAfter, take } = asked;
  const after = asked.after ?? NOWHERE;
  return tx.db.$queryRaw<Row[]>`
    WITH place AS MATERIALIZED (
      SELECT b.id, b.name, b.time_zone, ${from}::timestamp AT TIME ZONE b.time_zone AS since,
        ${dayAfter}::timestamp AT TIME ZONE b.time_zone AS until
      FROM building b WHERE b.organization_id = ${organizationId}::uuid
        AND (${buildings}::uuid[] IS NULL OR b.id = ANY (${buildings}::uuid[]))
      UNION ALL
      SELECT NULL, NULL, 'UTC', ${from}::timestamp AT TIME ZONE 'UTC',
        ${dayAfter}::timestamp AT TIME ZONE 'UTC' WHERE ${isWhole}
    ), page AS (
      SELECT t.*, p.time_zone, p.name AS building_name FROM place p CROSS JOIN LATERAL (
        (SELECT t.* FROM ledger_transfer t
        WHERE t.organization_id = ${organizationId}::uuid AND t.building_id = p.id
          AND ${account} IN (t.debit_account, t.credit_account) AND t.currency = ${currency}
          AND (${leaseId}::uuid IS NULL OR t.lease_id = ${leaseId}::uuid)
          AND t.at >= p.since AND t.at < p.until AND t.at >= ${after.at}::timestamptz
          AND (t.at, t.id) > (${after.at}::timestamptz, ${after.id}::uuid)
        ORDER BY t.at, t.id LIMIT ${take + 1})
        UNION ALL
        (SELECT t.* FROM ledger_transfer t
        WHERE p.id IS NULL AND t.organization_id = ${organizationId}::uuid AND t.building_id IS NULL
          AND ${account} IN (t.debit_account, t.credit_account) AND t.currency = ${currency}
          AND (${leaseId}::uuid IS NULL OR t.lease_id = ${leaseId}::uuid)
          AND t.at >= p.since AND t.at < p.until AND t.at >= ${after.at}::timestamptz
          AND (t.at, t.id) > (${after.at}::timestamptz, ${after.id}::uuid)
        ORDER BY t.at, t.id LIMIT ${take + 1})) t
      ORDER BY t.at, t.id LIMIT ${take + 1}
    )
    SELECT t.id, t.at, t.reason, t.detail,
      CASE ${account} WHEN t.credit_account THEN t.debit_account ELSE t.credit_account END AS other,
      CASE ${account} WHEN t.credit_account THEN t.amount_minor
        ELSE -t.amount_minor END AS "amountMinor",
      p.id AS "purchaseId", p.receipt_series AS "receiptSeries",
      p.receipt_number AS "receiptNumber", u.id AS "unitId", u.label AS "unitLabel",
      t.building_name AS "buildingName", t.time_zone AS "timeZone"
    FROM page t
    LEFT JOIN purchase p ON p.organization_id = t.organization_id AND p.id = t.correlation_id
    LEFT JOIN occupancy o ON o.organization_id = t.organization_id AND o.id = t.occupancy_id
    LEFT JOIN lease l ON l.organization_id = t.organization_id AND l.id = t.lease_id
    LEFT JOIN unit u ON u.organization_id = t.organization_id
      AND u.id = coalesce(p.unit_id, o.unit_id, l.unit_id)
    ORDER BY t.at, t.id`;
}

function requireReason(text: string): LedgerReason {
  const reason = LEDGER_REASONS.find((known) => known === text);
  assert(reason, "a stored transfer has a known reason");
  return reason;
}
