import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { monthsDownTo, nextMonth } from "../core/month";

export type LedgerMonth = {
  readonly month: string;
  readonly state: "closed" | "over" | "running";
  /** Only the month after the last closed one is closed, and only the last closed opened again. */
  readonly isNext: boolean;
  readonly isLastClosed: boolean;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly transfers: number | null;
  /** The first letters of the hash it was closed with. */
  readonly seal: string | null;
  /** How often it was closed and opened again. */
  readonly reopened: number;
};

const SEAL_LETTERS = 12;

type Close = {
  readonly month: string;
  readonly closedAt: Date;
  readonly closedBy: string;
  readonly transfers: number;
  readonly hash: Uint8Array;
  readonly isReopened: boolean;
};

/**
 * The months of the books, the last first: from the first transfer to the month that runs where the
 * organization is (`today`, a civil day). A month is over when it is so everywhere.
 */
export function listMonths(
  scope: OrgScope,
  asked: { readonly today: string; readonly now: Date; readonly most: number },
): Promise<readonly LedgerMonth[]> {
  const { organizationId } = scope;
  const { today, now, most } = asked;
  return inScope(scope, async (tx) => {
    const [first] = await tx.db.$queryRaw<{ month: string | null; running: string }[]>`
      SELECT (SELECT to_char(min(t.at AT TIME ZONE coalesce(p.time_zone, 'UTC')), 'YYYY-MM')
        FROM (SELECT id, time_zone FROM building
            WHERE organization_id = ${organizationId}::uuid UNION ALL SELECT NULL, 'UTC') p
        CROSS JOIN LATERAL (
          SELECT (SELECT min(at) FROM ledger_transfer
            WHERE organization_id = ${organizationId}::uuid AND building_id = p.id) AS at
          UNION ALL SELECT (SELECT min(at) FROM ledger_transfer
            WHERE p.id IS NULL AND organization_id = ${organizationId}::uuid
              AND building_id IS NULL)) t) AS month,
        (SELECT to_char(min(${now}::timestamptz AT TIME ZONE p.time_zone), 'YYYY-MM')
          FROM (SELECT time_zone FROM building WHERE organization_id = ${organizationId}::uuid
            UNION ALL SELECT 'UTC') p) AS running`;
    const closes = await tx.db.$queryRaw<Close[]>`
      SELECT to_char(month, 'YYYY-MM') AS month, closed_at AS "closedAt", closed_by AS "closedBy",
        transfers, hash, reopened_at IS NOT NULL AS "isReopened"
      FROM ledger_close WHERE organization_id = ${organizationId}::uuid
      ORDER BY month DESC, closed_at DESC LIMIT 500`;
    const start = first?.month;
    if (!start) return [];
    const running = first.running;
    const last = closes.find(({ isReopened }) => !isReopened)?.month ?? null;
    const next = last === null ? start : nextMonth(last);
    return monthsDownTo(start, today.slice(0, 7), { most }).map((month) => {
      const own = closes.filter((close) => close.month === month);
      const close = own.find(({ isReopened }) => !isReopened) ?? null;
      // A first close takes all that lies before it along.
      const isClosed = last !== null && month <= last;
      return {
        month,
        state: isClosed ? "closed" : month < running ? "over" : "running",
        isNext: month === next && month < running,
        isLastClosed: month === last,
        closedAt: close?.closedAt ?? null,
        closedBy: close?.closedBy ?? null,
        transfers: close?.transfers ?? null,
        seal: close ? Buffer.from(close.hash).toString("hex").slice(0, SEAL_LETTERS) : null,
        reopened: own.filter(({ isReopened }) => isReopened).length,
      };
    });
  });
}
