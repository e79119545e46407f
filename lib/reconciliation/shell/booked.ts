import type { ScopedTx } from "@/lib/access";
import type { MoneyFigure } from "../core/figures";
import type { Span } from "./span";

/** What was booked for one purchase or one approved issue under a figure; or the figure's sum. */
export type Booked = {
  readonly figure: string;
  /** Null for a sum. */
  readonly id: string | null;
  /** False for an approved issue, which nobody paid for. */
  readonly isPurchase: boolean;
  readonly at: Date;
  readonly unitId: string | null;
  readonly unitLabel: string | null;
  readonly amountMinor: bigint;
  readonly energyWh: bigint;
  /** How many purchases or issues it is made of. */
  readonly count: number;
  /** Of all rows, also those that stand on other pages. */
  readonly allCount: number;
  readonly allMinor: bigint;
  readonly allWh: bigint;
};

type Wanted =
  | { readonly sums: true }
  | { readonly figure: MoneyFigure | null; readonly skip: number; readonly take: number };

/**
 * The money of a building and a month by figure, from the ledger; each figure's sum, or the rows it
 * is made of. One statement says both, so that the rows cannot add up to something else.
 *
 * `open` is what the accounts of money on its way gained; `difference` is what was received and is
 * in none of the others: nothing, while the ledger knows only the transfers that this sheet knows.
 */
export function listBooked(tx: ScopedTx, span: Span, wanted: Wanted): Promise<readonly Booked[]> {
  const { organizationId } = tx.scope;
  const { buildingId, from, to } = span;
  const isSum = "sums" in wanted;
  const figure = isSum ? null : wanted.figure;
  const take = isSum ? 50 : wanted.take;
  const skip = isSum ? 0 : wanted.skip;
  return tx.db.$queryRaw<Booked[]>`
    WITH moved AS (
      SELECT t.correlation_id AS id, t.at, t.occupancy_id, side.*
      FROM ledger_transfer t
      CROSS JOIN LATERAL (SELECT
        CASE WHEN t.debit_account = 'provider_clearing'
          AND t.credit_account = 'customer_unallocated' THEN t.amount_minor ELSE 0 END AS received,
        CASE WHEN t.debit_account = 'vend_pending'
          AND t.credit_account IN ('landlord_payable', 'tax_payable')
          THEN t.amount_minor ELSE 0 END AS sold,
        CASE 'wallet' WHEN t.credit_account THEN t.amount_minor
          WHEN t.debit_account THEN -t.amount_minor ELSE 0 END AS account,
        CASE WHEN t.credit_account = 'refunds_payable' THEN t.amount_minor
          WHEN t.debit_account = 'refunds_payable' AND t.credit_account <> 'provider_clearing'
          THEN -t.amount_minor ELSE 0 END AS refunded,
        CASE WHEN t.credit_account IN ('customer_unallocated', 'vend_pending')
          THEN t.amount_minor ELSE 0 END
        - CASE WHEN t.debit_account IN ('customer_unallocated', 'vend_pending')
          THEN t.amount_minor ELSE 0 END AS open,
        CASE 'free_issues' WHEN t.debit_account THEN t.amount_minor
          WHEN t.credit_account THEN -t.amount_minor ELSE 0 END AS free
      ) side
      WHERE t.organization_id = ${organizationId}::uuid AND t.building_id = ${buildingId}::uuid
        AND t.at >= ${from}::timestamptz AND t.at < ${to}::timestamptz
    ), booked AS (
      SELECT part.figure, m.id, m.at, m.occupancy_id, part.amount, 0::bigint AS energy
      FROM moved m CROSS JOIN LATERAL (VALUES ('received', m.received), ('sold', m.sold),
        ('account', m.account), ('refunded', m.refunded), ('open', m.open),
        ('difference', m.received - m.sold - m.account - m.refunded - m.open), ('free', m.free)
      ) AS part (figure, amount)
      WHERE part.amount <> 0
      UNION ALL
      SELECT 'sold', p.id, p.issued_at, p.occupancy_id, 0, p.energy_wh FROM purchase p
      WHERE p.organization_id = ${organizationId}::uuid AND p.building_id = ${buildingId}::uuid
        AND p.issued_at >= ${from}::timestamptz AND p.issued_at < ${to}::timestamptz
      UNION ALL
      SELECT 'free', given.id, given.at, given.occupancy_id, 0,
        (SELECT given.sign * sum(r.amount_units) * 100
          FROM token_set s JOIN token_reservation r ON r.organization_id = s.organization_id
            AND r.token_set_id = s.id
          WHERE s.organization_id = ${organizationId}::uuid AND s.approval_id = given.id)
      FROM (SELECT m.id, m.occupancy_id, min(m.at) AS at, sign(m.free)::int AS sign FROM moved m
        WHERE m.free <> 0 GROUP BY m.id, m.occupancy_id, sign(m.free)) given
    ), grouped AS (
      SELECT b.figure, CASE WHEN ${isSum} THEN NULL ELSE b.id END AS id, min(b.at) AS at,
        (array_agg(b.occupancy_id))[1] AS occupancy_id, sum(b.amount) AS amount,
        coalesce(sum(b.energy), 0) AS energy, count(DISTINCT b.id) AS count
      FROM booked b
      WHERE ${figure}::text IS NULL OR b.figure = ${figure}::text
      GROUP BY b.figure, 2
      -- Money that came and went within the month is no row of what is on its way.
      HAVING ${isSum} OR sum(b.amount) <> 0 OR sum(b.energy) <> 0
    )
    SELECT g.figure, g.id, p.id IS NOT NULL AS "isPurchase", g.at, u.id AS "unitId",
      u.label AS "unitLabel", g.amount::bigint AS "amountMinor", g.energy::bigint AS "energyWh",
      g.count::int AS count, (count(*) OVER ())::int AS "allCount",
      (sum(g.amount) OVER ())::bigint AS "allMinor", (sum(g.energy) OVER ())::bigint AS "allWh"
    FROM grouped g
    LEFT JOIN purchase p ON p.organization_id = ${organizationId}::uuid AND p.id = g.id
    LEFT JOIN occupancy o ON NOT ${isSum} AND o.organization_id = ${organizationId}::uuid
      AND o.id = g.occupancy_id
    LEFT JOIN unit u ON u.organization_id = o.organization_id AND u.id = o.unit_id
    ORDER BY g.figure, g.at, g.id LIMIT ${take} OFFSET ${skip}`;
}
