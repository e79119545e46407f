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

/** What the rows of the pages before come to. */
async function sumUntil(
  tx: ScopedTx<OrgScope>,
  asked: AskedStatement,
  after: StatementCursor,
): Promise<bigint> {
  const { organizationId } = tx.scope;
  const { buildings, isWhole, leaseId } = termsOf(tx.scope, asked);
  const { account, currency, from } = asked;
  const [sum] = await tx.db.$queryRaw<{ amount: bigint }[]>`
    SELECT coalesce(sum(CASE ${account} WHEN t.credit_account THEN t.amount_minor
      ELSE -t.amount_minor END), 0)::bigint AS amount
    FROM ledger_transfer t
    LEFT JOIN building b ON b.organization_id = t.organization_id AND b.id = t.building_id
    WHERE t.organization_id = ${organizationId}::uuid
      AND ${account} IN (t.debit_account, t.credit_account)
      AND t.currency = ${currency}
      AND (${isWhole} OR t.building_id = ANY (ARRAY(SELECT p.id FROM building p
        WHERE p.organization_id = ${organizationId}::uuid
          AND (${buildings}::uuid[] IS NULL OR p.id = ANY (${buildings}::uuid[])))))
      AND (${leaseId}::uuid IS NULL OR t.lease_id = ${leaseId}::uuid)
      AND t.at >= ${from}::timestamp AT TIME ZONE coalesce(b.time_zone, 'UTC')
      AND (t.at, t.id) <= (${after.at}::timestamptz, ${after.id}::uuid)`;
  return sum?.amount ?? 0n;
}

/** The rows of a page, and one more where there are more. */
function listRows(tx: ScopedTx<OrgScope>, asked: AskedStatement): Promise<readonly Row[]> {
  const { organizationId } = tx.scope;
  const { buildings, isWhole, leaseId } = termsOf(tx.scope, asked);
  const { account, currency, from, dayAfter, take } = asked;
  const after = asked.after ?? { at: new Date(0), id: "00000000-0000-0000-0000-000000000000" };
  return tx.db.$queryRaw<Row[]>`
    WITH page AS (
      SELECT t.* , coalesce(b.time_zone, 'UTC') AS time_zone, b.name AS building_name
      FROM ledger_transfer t
      LEFT JOIN building b ON b.organization_id = t.organization_id AND b.id = t.building_id
      WHERE t.organization_id = ${organizationId}::uuid
        AND ${account} IN (t.debit_account, t.credit_account)
        AND t.currency = ${currency}
        AND (${isWhole} OR t.building_id = ANY (ARRAY(SELECT p.id FROM building p
          WHERE p.organization_id = ${organizationId}::uuid
            AND (${buildings}::uuid[] IS NULL OR p.id = ANY (${buildings}::uuid[])))))
        AND (${leaseId}::uuid IS NULL OR t.lease_id = ${leaseId}::uuid)
        AND t.at >= ${from}::timestamp AT TIME ZONE 'UTC' - interval '14 hours'
        AND t.at < ${dayAfter}::timestamp AT TIME ZONE 'UTC' + interval '12 hours'
        AND t.at >= ${from}::timestamp AT TIME ZONE coalesce(b.time_zone, 'UTC')
        AND t.at < ${dayAfter}::timestamp AT TIME ZONE coalesce(b.time_zone, 'UTC')
        AND (t.at, t.id) > (${after.at}::timestamptz, ${after.id}::uuid)
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
