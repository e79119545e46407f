import type { ScopedTx } from "@/lib/access";
import type { Neighbours } from "../core/judge-reading";
import type { Quantity } from "../core/reading";

export const ALONE: Neighbours = { before: null, same: null, after: null };

type Asked = {
  readonly place: number;
  readonly meterId: string;
  readonly quantity: Quantity;
  readonly at: Date;
};
type Found = {
  readonly place: number;
  readonly side: keyof Neighbours;
  readonly at: Date;
  readonly value: bigint;
};

/** The readings next to each, in one statement; of two for one instant the one a person kept. */
export async function findNeighbours(
  tx: ScopedTx,
  readings: readonly Asked[],
): Promise<ReadonlyMap<number, Neighbours>> {
  const { organizationId } = tx.scope;
  const asked = JSON.stringify(
    readings.map(({ place, meterId, quantity, at }) => ({ place, meterId, quantity, at })),
  );
  const rows = await tx.db.$queryRaw<Found[]>`
    SELECT g.place, beside.side, beside.at, beside.value
    FROM jsonb_to_recordset(${asked}::jsonb)
      AS g(place int, "meterId" uuid, quantity text, at timestamptz)
    CROSS JOIN LATERAL (
      (SELECT 'before' AS side, r.at, r.value, '-infinity'::timestamptz AS kept FROM reading r
        WHERE r.organization_id = ${organizationId}::uuid AND r.meter_id = g."meterId"
          AND r.quantity = g.quantity AND r.at < g.at ORDER BY r.at DESC LIMIT 1)
      UNION ALL
      (SELECT 'after', r.at, r.value, '-infinity' FROM reading r
        WHERE r.organization_id = ${organizationId}::uuid AND r.meter_id = g."meterId"
          AND r.quantity = g.quantity AND r.at > g.at ORDER BY r.at LIMIT 1)
      UNION ALL
      (SELECT 'same', r.at, r.value, '-infinity' FROM reading r
        WHERE r.organization_id = ${organizationId}::uuid AND r.meter_id = g."meterId"
          AND r.quantity = g.quantity AND r.at = g.at)
      UNION ALL
      (SELECT CASE WHEN q.at < g.at THEN 'before' WHEN q.at > g.at THEN 'after' ELSE 'same' END,
          q.at, q.value, q.decided_at FROM reading_quarantine q
        WHERE q.organization_id = ${organizationId}::uuid AND q.meter_id = g."meterId"
          AND q.quantity = g.quantity AND q.decision = 'kept')) beside
    ORDER BY g.place, beside.kept`;
  const around = new Map<number, Neighbours>();
  for (const found of rows) {
    const sofar = around.get(found.place) ?? ALONE;
    if (isNearer(found, sofar)) {
      const { at, value } = found;
      around.set(found.place, { ...sofar, [found.side]: { at, value } });
    }
  }
  return around;
}

/** Those a person kept come last, and win over what was taken down for their own instant. */
function isNearer({ side, at }: Found, sofar: Neighbours): boolean {
  const standing = sofar[side];
  if (standing === null || at.getTime() === standing.at.getTime()) return true;
  return side === "before" ? at > standing.at : at < standing.at;
}
