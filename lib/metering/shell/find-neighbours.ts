import type { ScopedTx } from "@/lib/access";
import type { Neighbours } from "../core/judge-reading";
import { neighboursAt } from "../core/neighbours-at";
import type { Quantity, RegisterValue } from "../core/reading";

export const ALONE: Neighbours = { before: null, same: null, after: null };

type Asked = {
  readonly place: number;
  readonly meterId: string;
  readonly quantity: Quantity;
  readonly at: Date;
};
/** From the first to the last instant that is asked about, of one meter and quantity. */
type Window = {
  readonly meterId: string;
  readonly quantity: Quantity;
  readonly from: Date;
  readonly to: Date;
};
type Found = RegisterValue & { readonly meterId: string; readonly quantity: Quantity };

/** Most meters are read once in so long: three months of the table then, and not all of them. */
const NEAR_MS = 45 * 86_400_000;

/**
 * The readings next to each; of two for one instant the one a person kept. A window of each meter
 * is read once, however many of its readings are asked about.
 */
export async function findNeighbours(
  tx: ScopedTx,
  readings: readonly Asked[],
  now: Date,
): Promise<ReadonlyMap<number, Neighbours>> {
  const byMeter = Map.groupBy(readings, keyOf);
  const windows = [...byMeter.values()].map(windowOf);
  const near = await readWindows(tx, windows);
  // The future holds no reading, so only one that comes late can have a far one after it.
  const lonely = windows.filter((window) => {
    const around = near.get(keyOf(window)) ?? [];
    const hasBefore = around.some(({ at }) => at < window.from);
    const hasAfter = around.some(({ at }) => at > window.to);
    return !hasBefore || (!hasAfter && window.to.getTime() + NEAR_MS < now.getTime());
  });
  const far = lonely.length > 0 ? await readFar(tx, lonely) : new Map<string, Found[]>();
  const found = new Map<number, Neighbours>();
  for (const [key, asked] of byMeter) {
    const known = [...(far.get(key) ?? []), ...(near.get(key) ?? [])].toSorted(
      (one, other) => one.at.getTime() - other.at.getTime(),
    );
    for (const { place, at } of asked) found.set(place, neighboursAt(known, at));
  }
  return found;
}

const keyOf = ({ meterId, quantity }: Pick<Asked, "meterId" | "quantity">) =>
  `${meterId} ${quantity}`;

function windowOf(asked: readonly Asked[]): Window {
  const [first, ...more] = asked.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  if (!first) throw new RangeError("a window is of something");
  const { meterId, quantity, at: from } = first;
  return { meterId, quantity, from, to: more.at(-1)?.at ?? from };
}

async function readWindows(
  tx: ScopedTx,
  windows: readonly Window[],
): Promise<ReadonlyMap<string, Found[]>> {
  const { organizationId } = tx.scope;
  const asked = JSON.stringify(
    windows.map((window) => ({
      ...window,
      since: new Date(window.from.getTime() - NEAR_MS),
      until: new Date(window.to.getTime() + NEAR_MS),
    })),
  );
  const rows = await tx.db.$queryRaw<Found[]>`
    SELECT DISTINCT ON (g."meterId", g.quantity, beside.at) g."meterId", g.quantity, beside.at,
      beside.value
    FROM jsonb_to_recordset(${asked}::jsonb) AS g("meterId" uuid, quantity text,
      "from" timestamptz, "to" timestamptz, since timestamptz, until timestamptz)
    CROSS JOIN LATERAL (
      (SELECT r.at, r.value, '-infinity'::timestamptz AS kept FROM reading r
        WHERE r.organization_id = ${organizationId}::uuid AND r.meter_id = g."meterId"
          AND r.quantity = g.quantity AND r.at < g."from" AND r.at >= g.since
        ORDER BY r.at DESC LIMIT 1)
      UNION ALL
      SELECT r.at, r.value, '-infinity' FROM reading r
        WHERE r.organization_id = ${organizationId}::uuid AND r.meter_id = g."meterId"
          AND r.quantity = g.quantity AND r.at >= g."from" AND r.at <= g."to"
      UNION ALL
      (SELECT r.at, r.value, '-infinity' FROM reading r
        WHERE r.organization_id = ${organizationId}::uuid AND r.meter_id = g."meterId"
          AND r.quantity = g.quantity AND r.at > g."to" AND r.at <= g.until
        ORDER BY r.at LIMIT 1)
      UNION ALL
      SELECT q.at, q.value, q.decided_at FROM reading_quarantine q
        WHERE q.organization_id = ${organizationId}::uuid AND q.meter_id = g."meterId"
          AND q.quantity = g.quantity AND q.decision = 'kept') beside
    ORDER BY g."meterId", g.quantity, beside.at, beside.kept DESC`;
  return Map.groupBy(rows, keyOf);
}

/** The last before and the first after, however far they are. */
async function readFar(
  tx: ScopedTx,
  windows: readonly Window[],
): Promise<ReadonlyMap<string, Found[]>> {
  const { organizationId } = tx.scope;
  const asked = JSON.stringify(windows);
  const rows = await tx.db.$queryRaw<Found[]>`
    SELECT g."meterId", g.quantity, beside.at, beside.value
    FROM jsonb_to_recordset(${asked}::jsonb) AS g("meterId" uuid, quantity text,
      "from" timestamptz, "to" timestamptz)
    CROSS JOIN LATERAL (
      (SELECT r.at, r.value FROM reading r
        WHERE r.organization_id = ${organizationId}::uuid AND r.meter_id = g."meterId"
          AND r.quantity = g.quantity AND r.at < g."from" ORDER BY r.at DESC LIMIT 1)
      UNION ALL
      (SELECT r.at, r.value FROM reading r
        WHERE r.organization_id = ${organizationId}::uuid AND r.meter_id = g."meterId"
          AND r.quantity = g.quantity AND r.at > g."to" ORDER BY r.at LIMIT 1)) beside`;
  return Map.groupBy(rows, keyOf);
}
