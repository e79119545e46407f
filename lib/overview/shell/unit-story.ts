import { buildingsOf, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";

/** Something that happened in a unit, without words: the page finds them. */
export type StoryEntry = {
  readonly kind:
    | "lease-began"
    | "lease-ended"
    | "meter-in"
    | "meter-out"
    | "bought"
    | "refunded"
    | "reading"
    | "quarantined"
    | "decided"
    | "free";
  readonly at: Date;
  /** The lease, the meter, the purchase or the issue it is about. */
  readonly id: string;
  /** A resident's name, or a meter's number; empty where the role may not read it. */
  readonly name: string;
  readonly amountMinor: bigint | null;
  /** Watt-hours bought, or what a register or a remaining credit said. */
  readonly value: bigint | null;
  /** A reading's quantity, or water or gas, whose values are litres; what was decided of one. */
  readonly detail: string | null;
};

/**
 * What happened in a unit, newest first, from before an instant: one statement. What is not for a
 * role is not read: money and what was bought without `sale:read`, names without `lease:manage`.
 * What a gateway reads every day is no event; the chart shows it.
 */
export function listUnitStory(
  scope: OrgScope,
  asked: {
    readonly unitId: string;
    readonly before: Date;
    readonly now: Date;
    readonly take: number;
  },
): Promise<readonly StoryEntry[]> {
  const { unitId, before, now, take } = asked;
  const within = buildingsOf(scope);
  const seesMoney = scope.permissions.includes("sale:read");
  const seesNames = scope.permissions.includes("lease:manage");
  return inScope(
    scope,
    (tx) => tx.db.$queryRaw<StoryEntry[]>`
      WITH here AS MATERIALIZED (
        SELECT u.organization_id, u.id, b.time_zone FROM unit u
        JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
        WHERE u.organization_id = ${scope.organizationId}::uuid AND u.id = ${unitId}::uuid
          AND (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[]))),
      held AS MATERIALIZED (
        SELECT l.id, CASE WHEN ${seesNames} THEN r.name ELSE '' END AS name,
          l.starts_on::timestamp AT TIME ZONE u.time_zone AS starts_at,
          l.ends_on::timestamp AT TIME ZONE u.time_zone AS ends_at
        FROM here u JOIN lease l ON l.organization_id = u.organization_id AND l.unit_id = u.id
        JOIN resident r ON r.organization_id = l.organization_id AND r.id = l.resident_id),
      hung AS MATERIALIZED (
        SELECT i.organization_id, i.meter_id, m.meter_number, m.resource, i.starts_at, i.ends_at
        FROM here u JOIN meter_installation i ON i.organization_id = u.organization_id
          AND i.unit_id = u.id
        JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id),
      bought AS MATERIALIZED (
        SELECT p.id, coalesce(p.issued_at, p.paid_at) AS at, p.amount_minor, p.energy_wh, p.status
        FROM here u JOIN purchase p ON p.organization_id = u.organization_id AND p.unit_id = u.id
          AND p.paid_at IS NOT NULL AND p.created_at < ${before}::timestamptz
        WHERE ${seesMoney}
        ORDER BY p.created_at DESC LIMIT ${take + 50})
      SELECT told.* FROM (
        SELECT 'lease-began' AS kind, starts_at AS at, id, name, NULL::bigint AS "amountMinor",
          NULL::bigint AS value, NULL::text AS detail FROM held
        UNION ALL SELECT 'lease-ended', ends_at, id, name, NULL, NULL, NULL FROM held
        UNION ALL SELECT 'meter-in', starts_at, meter_id, meter_number, NULL, NULL, NULL FROM hung
        UNION ALL SELECT 'meter-out', ends_at, meter_id, meter_number, NULL, NULL, NULL FROM hung
        UNION ALL SELECT CASE status WHEN 'refunded' THEN 'refunded' ELSE 'bought' END, at, id, '',
          amount_minor, energy_wh, status FROM bought
        UNION ALL (SELECT 'reading', r.at, r.meter_id, h.meter_number, NULL, r.value,
            CASE h.resource WHEN 'electricity' THEN r.quantity ELSE h.resource END
          FROM hung h JOIN reading r ON r.organization_id = h.organization_id
            AND r.meter_id = h.meter_id AND r.at < ${before}::timestamptz
            AND r.at >= ${before}::timestamptz - interval '400 days' AND r.source <> 'gateway'
            AND r.at >= h.starts_at AND (h.ends_at IS NULL OR r.at <= h.ends_at)
          ORDER BY r.at DESC LIMIT ${take})
        UNION ALL (SELECT CASE WHEN q.decided_at IS NULL THEN 'quarantined' ELSE 'decided' END,
            coalesce(q.decided_at, q.recorded_at), q.meter_id, h.meter_number, NULL,
            CASE h.resource WHEN 'electricity' THEN q.value END, q.decision
          FROM hung h JOIN reading_quarantine q ON q.organization_id = h.organization_id
            AND q.meter_id = h.meter_id AND q.at >= h.starts_at
            AND (h.ends_at IS NULL OR q.at <= h.ends_at)
          ORDER BY q.recorded_at DESC LIMIT ${take})
        UNION ALL (SELECT 'free', s.created_at, s.approval_id, h.meter_number, NULL, NULL, NULL
          FROM hung h JOIN token_set s ON s.organization_id = h.organization_id
            AND s.meter_id = h.meter_id AND s.approval_id IS NOT NULL
            AND s.created_at >= h.starts_at AND (h.ends_at IS NULL OR s.created_at <= h.ends_at)
          ORDER BY s.created_at DESC LIMIT ${take})) told
      WHERE told.at < ${before}::timestamptz AND told.at <= ${now}::timestamptz
      ORDER BY told.at DESC, told.kind, told.id LIMIT ${take}`,
  );
}
