import { inScope, type ScopedTx } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import type { CurrencyCode } from "@/lib/money";
import { LEDGER_ACCOUNTS, type LedgerAccount } from "../core/accounts";
import { currencyOf, type LedgerPart, requireAccount, termsOf } from "./ledger-terms";

/** What stands on an account: credit less debit, in one currency. */
export type LedgerBalance = {
  readonly account: LedgerAccount;
  readonly currency: CurrencyCode;
  readonly balanceMinor: bigint;
};

type Row = {
  readonly account: string;
  readonly currency: string;
  readonly balanceMinor: bigint;
};

/**
 * The balances at the end of the day before one ("YYYY-MM-DD"), each transfer by the calendar of
 * its own building: those of the last closed month and what was posted after it. Of a lease, all
 * that was ever posted for it.
 */
export async function balancesBefore(
  tx: ScopedTx,
  part: ReturnType<typeof termsOf>,
  day: string,
): Promise<readonly LedgerBalance[]> {
  const { organizationId } = tx.scope;
  const { buildings, isWhole, leaseId } = part;
  const rows = await tx.db.$queryRaw<Row[]>`
    WITH closed AS MATERIALIZED (
      SELECT id, (month + interval '1 month')::date AS next FROM ledger_close
      WHERE organization_id = ${organizationId}::uuid AND reopened_at IS NULL
        AND (month + interval '1 month')::date <= ${day}::date AND ${leaseId}::uuid IS NULL
      ORDER BY month DESC LIMIT 1
    ), place AS MATERIALIZED (
      SELECT b.id, coalesce((SELECT next FROM closed)::timestamp AT TIME ZONE b.time_zone,
          '-infinity') AS since, ${day}::timestamp AT TIME ZONE b.time_zone AS until
      FROM building b WHERE b.organization_id = ${organizationId}::uuid
        AND (${buildings}::uuid[] IS NULL OR b.id = ANY (${buildings}::uuid[]))
    ), moved AS (
      SELECT t.debit_account, t.credit_account, t.currency, t.amount
      FROM place p CROSS JOIN LATERAL (SELECT t.debit_account, t.credit_account, t.currency,
          sum(t.amount_minor) AS amount
        FROM ledger_transfer t
        WHERE t.organization_id = ${organizationId}::uuid AND t.building_id = p.id
          AND t.at >= p.since AND t.at < p.until
          AND (${leaseId}::uuid IS NULL OR t.lease_id = ${leaseId}::uuid)
        GROUP BY 1, 2, 3) t
      UNION ALL
      SELECT t.debit_account, t.credit_account, t.currency, sum(t.amount_minor)
      FROM ledger_transfer t
      WHERE ${isWhole} AND t.organization_id = ${organizationId}::uuid AND t.building_id IS NULL
        AND t.at >= coalesce((SELECT next FROM closed)::timestamp AT TIME ZONE 'UTC', '-infinity')
        AND t.at < ${day}::timestamp AT TIME ZONE 'UTC'
      GROUP BY 1, 2, 3
    )
    SELECT side.account, side.currency, sum(side.amount)::bigint AS "balanceMinor"
    FROM (SELECT debit_account AS account, currency, -amount AS amount FROM moved
      UNION ALL SELECT credit_account, currency, amount FROM moved
      UNION ALL SELECT l.account, l.currency, l.balance_minor FROM ledger_close_balance l
        JOIN closed c ON c.id = l.close_id
        WHERE l.organization_id = ${organizationId}::uuid
          AND (l.building_id IS NULL AND ${isWhole} OR l.building_id IN (SELECT id FROM place))
    ) side
    GROUP BY 1, 2 HAVING sum(side.amount) <> 0`;
  const placeOf = (account: LedgerAccount) => LEDGER_ACCOUNTS.indexOf(account);
  return rows
    .map(({ account, currency, balanceMinor }) => ({
      account: requireAccount(account),
      currency: currencyOf(currency),
      balanceMinor,
    }))
    .sort(
      (one, other) =>
        one.currency.localeCompare(other.currency) || placeOf(one.account) - placeOf(other.account),
    );
}

/** Every account that is not even at the end of a day, by currency. They add up to nothing. */
export function listTrialBalance(
  scope: OrgScope,
  asked: LedgerPart & { readonly dayAfter: string },
): Promise<readonly LedgerBalance[]> {
  return inScope(scope, (tx) => balancesBefore(tx, termsOf(scope, asked), asked.dayAfter));
}
