import type { ScopedTx } from "@/lib/access";
import type { Bought, Quantity, RegisterValue } from "../core/reading";

/**
 * What counts of a meter's readings from one instant to before another, in ascending order: what
 * was taken down, but where a person kept another value for the instant, that.
 */
export function listEffective(
  tx: ScopedTx,
  which: {
    readonly meterId: string;
    readonly quantity: Quantity;
    readonly from: Date;
    readonly to: Date | null;
  },
): Promise<readonly RegisterValue[]> {
  const { organizationId } = tx.scope;
  const { meterId, quantity, from, to } = which;
  return tx.db.$queryRaw<RegisterValue[]>`
    SELECT DISTINCT ON (at) at, value FROM (
      SELECT at, value, NULL::timestamptz AS decided_at FROM reading
       WHERE organization_id = ${organizationId}::uuid AND meter_id = ${meterId}::uuid
         AND quantity = ${quantity} AND at >= ${from}
         AND (${to}::timestamptz IS NULL OR at < ${to}::timestamptz)
      UNION ALL
      SELECT at, value, decided_at FROM reading_quarantine
       WHERE organization_id = ${organizationId}::uuid AND meter_id = ${meterId}::uuid
         AND quantity = ${quantity} AND at >= ${from} AND decision = 'kept'
         AND (${to}::timestamptz IS NULL OR at < ${to}::timestamptz)) known
    ORDER BY at, decided_at DESC NULLS LAST`;
}

type MeterBought = Bought & { readonly meterId: string };

/**
 * The energy that came onto meters after an instant: every token that was issued, paid for or not,
 * at the minute it was reserved. What a test token carries is nobody's to see while it is a riddle.
 */
export function listBought(
  tx: ScopedTx,
  meterIds: readonly string[],
  after: Date,
): Promise<readonly MeterBought[]> {
  const { organizationId } = tx.scope;
  return tx.db.$queryRaw<MeterBought[]>`
    SELECT r.meter_id AS "meterId", s.created_at AS at,
      (sum(r.amount_units) * 100)::bigint AS "energyWh"
    FROM token_reservation r
    JOIN token_set s ON s.organization_id = r.organization_id AND s.id = r.token_set_id
    JOIN meter_token k ON k.organization_id = r.organization_id
      AND k.token_set_id = r.token_set_id AND k.position = r.position
    WHERE r.organization_id = ${organizationId}::uuid AND r.meter_id = ANY (${meterIds}::uuid[])
      AND r.subclass = 0 AND s.created_at > ${after}
      AND NOT EXISTS (SELECT FROM meter_test t WHERE t.organization_id = s.organization_id
        AND t.token_set_id = s.id AND t.state IN ('asked', 'issued'))
    GROUP BY r.meter_id, s.id, s.created_at
    ORDER BY s.created_at`;
}
