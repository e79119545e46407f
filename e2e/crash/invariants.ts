import type { Query } from "@/prisma/seed/roles/superuser";

/**
 * What must hold of every row whenever it is quiet; a row that `faults` gives breaks it. `planted`
 * breaks it on purpose, which proves that it would be found.
 */
type Invariant = { readonly name: string; readonly faults: string; readonly planted: string };

const SOLD = "('issued', 'delivered')";
const BETWEEN = "('paid', 'reserved', 'in_doubt')";
const ONE = "(SELECT id FROM purchase WHERE status = 'delivered' LIMIT 1)";
const ANY_SET = `(SELECT t.token_set_id FROM meter_token t JOIN token_set s ON s.id = t.token_set_id
  WHERE s.purchase_id IS NOT NULL LIMIT 1)`;
// A token that nobody paid for has an approval that somebody else gave, used for it alone.
const APPROVED = `SELECT FROM token_set s JOIN approval_request a ON a.id = s.approval_id
  AND a.kind = 'free-issue' AND a.state = 'used' AND a.decided_by <> a.requested_by`;
const OPEN_CASE = `SELECT FROM payment_case c WHERE c.payment_id = y.id AND c.state = 'open'`;
const PLANNED = `SELECT FROM outbox o WHERE o.subject_id IN (y.purchase_id, y.id)
  UNION ALL SELECT FROM due_work d WHERE d.subject_id IN (y.purchase_id, y.id)`;
// Credit less debit of each account, by purchase.
const BALANCES = `
  SELECT organization_id, correlation_id, account, sum(amount) AS amount FROM (
    SELECT organization_id, correlation_id, debit_account AS account, -amount_minor AS amount
      FROM ledger_transfer
    UNION ALL SELECT organization_id, correlation_id, credit_account, amount_minor
      FROM ledger_transfer) moved
  GROUP BY organization_id, correlation_id, account HAVING sum(amount) <> 0`;

const INVARIANTS: readonly Invariant[] = [
  {
    name: "every issued purchase has exactly one token set, with a token for each reservation",
    faults: `SELECT p.id FROM purchase p WHERE p.status IN ${SOLD} AND (
      (SELECT count(*) FROM token_set s WHERE s.purchase_id = p.id) <> 1
      OR NOT EXISTS (SELECT FROM token_set s JOIN token_reservation r ON r.token_set_id = s.id
        WHERE s.purchase_id = p.id)
      OR EXISTS (SELECT FROM token_set s JOIN token_reservation r ON r.token_set_id = s.id
        LEFT JOIN meter_token t ON t.token_set_id = r.token_set_id AND t.position = r.position
        WHERE s.purchase_id = p.id AND t.digits IS NULL))`,
    planted: `DELETE FROM meter_token WHERE token_set_id = ${ANY_SET}`,
  },
  {
    name: "what was paid for an issued purchase equals its parts, as its quote says",
    faults: `WITH balance AS (${BALANCES}),
      expected AS (
        SELECT p.id, v.account, v.amount FROM purchase p JOIN quote q ON q.id = p.quote_id
          CROSS JOIN LATERAL (SELECT count(*) AS paid FROM payment y
            WHERE y.purchase_id = p.id) y
          CROSS JOIN LATERAL (SELECT account, sum(amount) AS amount FROM (
            SELECT CASE split_part(l->>'code', ':', 1) WHEN 'tax' THEN 'tax_payable'
                WHEN 'fee' THEN 'fee_income' WHEN 'arrears' THEN 'arrears_receivable'
                ELSE 'landlord_payable' END AS account, (l->>'amountMinor')::bigint AS amount
              FROM jsonb_array_elements(q.lines) l
            UNION ALL VALUES
              ('provider_clearing', -p.amount_minor * y.paid),
              ('landlord_payable', -q.included_tax_minor - q.owner_fee_minor),
              ('tax_payable', q.included_tax_minor),
              ('fee_income', q.owner_fee_minor),
              ('wallet', q.unspent_minor - q.wallet_minor + p.amount_minor * (y.paid - 1))) part
            GROUP BY account) v
         WHERE p.status IN ${SOLD} AND v.amount <> 0)
      SELECT coalesce(e.id, b.correlation_id) AS id FROM expected e
        FULL JOIN (SELECT b.* FROM balance b JOIN purchase p ON p.id = b.correlation_id
          AND p.status IN ${SOLD}) b ON b.correlation_id = e.id AND b.account = e.account
       WHERE e.amount IS DISTINCT FROM b.amount`,
    planted: `UPDATE ledger_transfer SET amount_minor = amount_minor + 1 WHERE id = (
      SELECT id FROM ledger_transfer WHERE reason = 'sale.energy' LIMIT 1)`,
  },
  {
    name: "money of a purchase that is not issued stands where its state says",
    faults: `WITH balance AS (${BALANCES})
      SELECT p.id FROM purchase p JOIN quote q ON q.id = p.quote_id
        LEFT JOIN balance b ON b.correlation_id = p.id
          AND b.account NOT IN ('provider_clearing', 'wallet')
       WHERE p.status NOT IN ${SOLD}
         AND (b.account, b.amount) IS DISTINCT FROM (CASE p.status WHEN 'paid' THEN
           'customer_unallocated' WHEN 'reserved' THEN 'vend_pending' WHEN 'in_doubt' THEN
           'vend_pending' WHEN 'refund_due' THEN 'refunds_payable' END,
           CASE WHEN p.status IN ('paid', 'refund_due') THEN p.amount_minor
             WHEN p.status IN ('reserved', 'in_doubt') THEN p.amount_minor + q.wallet_minor END)`,
    planted: `UPDATE purchase SET status = 'awaiting_payment' WHERE id = ${ONE}`,
  },
  {
    name: "all money is vended, on account, going back, or waits for a person",
    faults: `SELECT y.id FROM payment y
      WHERE (y.status = 'received' AND NOT EXISTS (${OPEN_CASE}))
         OR (y.status = 'matched' AND NOT EXISTS (${PLANNED}))
         OR (y.status = 'refunding' AND NOT EXISTS (${PLANNED}) AND NOT EXISTS (${OPEN_CASE}))`,
    planted: `UPDATE payment SET status = 'received' WHERE id = (SELECT id FROM payment LIMIT 1)`,
  },
  {
    name: "every token has a journal entry, and an issued purchase or a used approval",
    faults: `SELECT t.token_set_id AS id FROM meter_token t WHERE NOT EXISTS (
      SELECT FROM journal_entry j JOIN token_set s ON s.id = j.token_set_id
        JOIN purchase p ON p.id = s.purchase_id AND p.status IN ${SOLD}
       WHERE j.token_set_id = t.token_set_id AND j.position = t.position AND j.outcome = 'issued')
      AND NOT EXISTS (${APPROVED} JOIN journal_entry j ON j.token_set_id = s.id
       WHERE s.id = t.token_set_id AND j.position = t.position AND j.outcome = 'issued')`,
    planted: `DELETE FROM journal_entry WHERE token_set_id = ${ANY_SET}`,
  },
  {
    name: "every journal entry belongs to a purchase, issued or on its way, or to an approval",
    faults: `SELECT j.token_set_id AS id FROM journal_entry j WHERE j.outcome = 'issued'
      AND NOT EXISTS (SELECT FROM token_set s JOIN purchase p ON p.id = s.purchase_id
        WHERE s.id = j.token_set_id
          AND p.status IN ('issued', 'delivered', 'reserved', 'in_doubt'))
      AND NOT EXISTS (${APPROVED} WHERE s.id = j.token_set_id)`,
    planted: `UPDATE purchase SET status = 'refunded' WHERE id = ${ONE}`,
  },
  {
    name: "TIDs of a meter and key are unique, and the last one used is the highest",
    faults: `SELECT r.meter_id AS id FROM token_reservation r
      LEFT JOIN meter_key_position k USING (organization_id, meter_id, vending_key_id)
      GROUP BY r.meter_id, r.vending_key_id, k.last_token_id_minutes
      HAVING count(*) <> count(DISTINCT r.token_id_minutes)
        OR max(r.token_id_minutes) IS DISTINCT FROM k.last_token_id_minutes
        OR bool_or(r.token_id_minutes % 1440 = 1)`,
    planted: `UPDATE meter_key_position SET last_token_id_minutes = last_token_id_minutes - 1`,
  },
  {
    name: "TIDs rise: what was bought after a token was shown has a later one",
    faults: `WITH bought AS (SELECT p.id, r.meter_id, r.vending_key_id, r.token_id_minutes,
        p.created_at, (SELECT min(e.at) FROM purchase_event e WHERE e.purchase_id = p.id
          AND e.to_status = 'delivered') AS shown_at
        FROM purchase p JOIN token_set s ON s.purchase_id = p.id
        JOIN token_reservation r ON r.token_set_id = s.id)
      SELECT later.id FROM bought later JOIN bought earlier USING (meter_id, vending_key_id)
       WHERE earlier.shown_at < later.created_at
         AND earlier.token_id_minutes >= later.token_id_minutes`,
    planted: `UPDATE purchase SET created_at = '2099-01-01' WHERE status = 'issued'`,
  },
  {
    name: "one payment pays at most one purchase, and a purchase is paid by one payment",
    faults: `SELECT p.id FROM purchase p LEFT JOIN payment y ON y.purchase_id = p.id
        AND y.status <> 'on_account'
      GROUP BY p.organization_id, p.id, p.status, p.amount_minor
      HAVING count(y.id) > 1
        OR (count(y.id) = 0) <> (p.status IN ('quoted', 'awaiting_payment', 'expired', 'declined'))
        OR (p.status IN ${SOLD} AND bool_or(y.status <> 'applied'))
      UNION ALL SELECT y.id FROM payment y FULL JOIN provider_payment k ON k.payment_id = y.id
        AND k.provider_reference = y.provider_reference
       WHERE y.id IS NULL OR k.payment_id IS NULL`,
    planted: `UPDATE payment SET status = 'matched' WHERE purchase_id = ${ONE}`,
  },
  {
    name: "whatever is on its way is in exactly one queue",
    faults: `SELECT p.id FROM purchase p WHERE p.status IN ${BETWEEN} AND 1 <> (
        SELECT count(*) FROM outbox o WHERE o.subject_id = p.id) + (
        SELECT count(*) FROM due_work d WHERE d.subject_id = p.id)
      UNION ALL SELECT o.subject_id FROM outbox o
        JOIN due_work d USING (organization_id, subject_id)`,
    planted: `UPDATE purchase SET status = 'reserved' WHERE id = ${ONE}`,
  },
  {
    name: "no money is older than a minute and unhandled",
    faults: `SELECT p.id FROM purchase p WHERE p.status IN ${BETWEEN}
      AND p.paid_at < now() - interval '1 minute'`,
    planted: `UPDATE purchase SET status = 'paid', paid_at = now() - interval '2 minutes'
      WHERE id = ${ONE}`,
  },
  {
    name: "debits equal credits in each currency, and the wallets are what the ledger says",
    faults: `SELECT t.organization_id AS id FROM ledger_transfer t
        JOIN purchase p ON p.id = t.correlation_id WHERE t.currency <> p.currency
      UNION ALL SELECT w.occupancy_id FROM wallet w LEFT JOIN (
        SELECT t.organization_id, t.occupancy_id, sum(CASE WHEN t.credit_account = 'wallet'
          THEN t.amount_minor ELSE -t.amount_minor END) AS amount
          FROM ledger_transfer t WHERE 'wallet' IN (t.credit_account, t.debit_account)
         GROUP BY t.organization_id, t.occupancy_id) l USING (organization_id, occupancy_id)
       WHERE w.balance_minor <> coalesce(l.amount, 0)`,
    planted: `UPDATE wallet SET balance_minor = balance_minor + 1`,
  },
  {
    name: "energy sold is in the tokens or carried on, to the watt-hour",
    faults: `SELECT w.occupancy_id AS id FROM wallet w LEFT JOIN (
        SELECT p.organization_id, p.occupancy_id,
          sum(q.energy_wh - (SELECT sum(r.amount_units::bigint) * 100 FROM token_set s
            JOIN token_reservation r ON r.token_set_id = s.id WHERE s.purchase_id = p.id)) AS rest
          FROM purchase p JOIN quote q ON q.id = p.quote_id
         WHERE p.status IN ('reserved', 'in_doubt', 'issued', 'delivered')
         GROUP BY p.organization_id, p.occupancy_id) sold USING (organization_id, occupancy_id)
       WHERE w.carried_wh <> coalesce(sold.rest, 0)`,
    planted: `UPDATE wallet SET carried_wh = carried_wh + 1`,
  },
  {
    name: "a month's position is what was bought in it",
    faults: `SELECT w.occupancy_id AS id FROM wallet w WHERE w.month_wh <> coalesce((
        SELECT sum(q.energy_wh) FROM purchase p JOIN quote q ON q.id = p.quote_id
         WHERE p.organization_id = w.organization_id AND p.occupancy_id = w.occupancy_id
           AND q.month = w.month
           AND p.status IN ('reserved', 'in_doubt', 'issued', 'delivered')), 0)`,
    planted: `UPDATE wallet SET month_wh = month_wh + 1 WHERE month IS NOT NULL`,
  },
  {
    name: "what a lease owes is what the ledger says, less what is being sold",
    faults: `SELECT a.lease_id AS id FROM lease_arrears a WHERE a.due_minor <> (
        SELECT coalesce(sum(CASE WHEN t.debit_account = 'arrears_receivable'
          THEN t.amount_minor ELSE -t.amount_minor END), 0)
          FROM ledger_transfer t WHERE t.organization_id = a.organization_id
           AND t.lease_id = a.lease_id
           AND 'arrears_receivable' IN (t.debit_account, t.credit_account)) - (
        SELECT coalesce(sum((l->>'amountMinor')::bigint), 0)
          FROM purchase p JOIN quote q ON q.id = p.quote_id,
            jsonb_array_elements(q.lines) l
         WHERE p.organization_id = a.organization_id AND p.lease_id = a.lease_id
           AND p.status IN ('reserved', 'in_doubt') AND l->>'code' = 'arrears')`,
    planted: `INSERT INTO lease_arrears AS a (organization_id, lease_id, due_minor, currency)
      SELECT organization_id, id, 1, 'KES' FROM lease LIMIT 1
      ON CONFLICT (organization_id, lease_id) DO UPDATE SET due_minor = a.due_minor + 1`,
  },
  {
    name: "receipt numbers have no gap and no double",
    faults: `SELECT p.receipt_series AS id FROM purchase p
        FULL JOIN receipt_series s ON s.organization_id = p.organization_id
          AND s.series = p.receipt_series
       WHERE p.receipt_series IS NOT NULL OR s.series IS NOT NULL
       GROUP BY p.organization_id, p.receipt_series, s.last_number
      HAVING count(p.id) IS DISTINCT FROM s.last_number
        OR max(p.receipt_number) IS DISTINCT FROM s.last_number OR min(p.receipt_number) <> 1`,
    planted: `UPDATE receipt_series SET last_number = last_number + 1`,
  },
  {
    name: "a drawer holds by the ledger what its open shift says, and nothing without one",
    faults: `SELECT s.id FROM desk_shift s WHERE (
        SELECT coalesce(sum(CASE WHEN t.debit_account = 'cash_drawer' THEN t.amount_minor
          ELSE -t.amount_minor END), 0) FROM ledger_transfer t
         WHERE t.organization_id = s.organization_id AND t.correlation_id = s.id
           AND 'cash_drawer' IN (t.debit_account, t.credit_account)) <> (
        SELECT coalesce(sum(m.amount_minor), 0) FROM desk_movement m
         WHERE m.organization_id = s.organization_id AND m.shift_id = s.id
           AND s.state <> 'closed')`,
    planted: `WITH d AS (INSERT INTO desk (organization_id, id, number, name, currency, created_at,
        created_by) SELECT organization_id, gen_random_uuid(), 9999, 'planted', 'KES', now(),
          gen_random_uuid() FROM organization LIMIT 1 RETURNING *),
      s AS (INSERT INTO desk_shift (organization_id, id, desk_id, number, user_id, state, opened_at)
        SELECT organization_id, gen_random_uuid(), id, 1, gen_random_uuid(), 'open', now() FROM d
        RETURNING *)
      INSERT INTO desk_movement (organization_id, id, shift_id, number, kind, amount_minor, at,
        by_user, note) SELECT organization_id, gen_random_uuid(), id, 1, 'float', 1, now(), user_id,
        '' FROM s`,
  },
  {
    name: "a purchase's events follow each other and end at its state",
    faults: `SELECT p.id FROM purchase p JOIN (
        SELECT purchase_id, count(*) AS events, max(sequence) AS last,
          bool_and(from_status IS NOT DISTINCT FROM before) AS follows,
          (array_agg(to_status ORDER BY sequence DESC))[1] AS status
          FROM (SELECT e.*, lag(to_status) OVER (PARTITION BY purchase_id ORDER BY sequence)
            AS before FROM purchase_event e) e GROUP BY purchase_id) e ON e.purchase_id = p.id
       WHERE e.events <> e.last OR NOT e.follows OR e.status <> p.status`,
    planted: `DELETE FROM purchase_event WHERE sequence = 3`,
  },
];

/** Those that do not notice when they are broken; whatever is planted is rolled back. */
export async function blindInvariants(query: Query): Promise<readonly string[]> {
  const blind: string[] = [];
  for (const { name, faults, planted } of INVARIANTS) {
    await query("BEGIN");
    await query(planted);
    if ((await query(faults)).length === 0) blind.push(name);
    await query("ROLLBACK");
  }
  return blind;
}

/** Each invariant that does not hold, with the rows that break it. */
export async function brokenInvariants(query: Query): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const { name, faults } of INVARIANTS) {
    const rows = await query<{ readonly id: string }>(faults);
    const few = rows.slice(0, 5).map(({ id }) => id);
    if (rows.length > 0) broken.push(`${name}: ${rows.length} (${few.join(", ")})`);
  }
  return broken;
}
