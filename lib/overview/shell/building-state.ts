import { buildingsOf, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";

/** Why somebody should look, and at which unit; the amount where it is about money. */
export type Need = {
  readonly kind:
    | "no-token"
    | "refund-due"
    | "used-not-bought"
    | "moves-out"
    | "no-closing-reading"
    | "no-meter"
    | "contested"
    /** A meter was taken out, and nothing was read in the days before. */
    | "out-unread"
    | "quarantine";
  readonly unitId: string;
  readonly unitLabel: string;
  /** The purchase or the meter it is about. */
  readonly subjectId: string | null;
  readonly amountMinor: bigint | null;
  /** Since when, or for a move: when. */
  readonly at: Date | null;
};

export type BuildingState = {
  readonly needs: readonly Need[];
  readonly soldMinor: bigint;
  readonly soldWh: bigint;
  readonly usedMonthWh: bigint;
  /** True where no day of the month is estimated and some day is known. */
  readonly isMeasured: boolean;
  readonly basisAt: Date | null;
};

type Row = Omit<Need, "kind"> & {
  readonly kind: Need["kind"] | "sold" | "used";
  readonly wh: bigint | null;
  readonly estimated: number | null;
};

const MOST_OF_A_KIND = 20;

/** What was sold today and used this month, and what needs a person: in one statement. */
export async function findBuildingState(
  scope: OrgScope,
  { buildingId, now }: { readonly buildingId: string; readonly now: Date },
): Promise<BuildingState> {
  const rows = await readRows(scope, buildingId, now);
  const sold = rows.find((row) => row.kind === "sold");
  const used = rows.find((row) => row.kind === "used");
  const needs = rows.flatMap(({ wh: _wh, estimated: _estimated, kind, ...need }) =>
    kind === "sold" || kind === "used" ? [] : [{ ...need, kind }],
  );
  return {
    needs,
    soldMinor: sold?.amountMinor ?? 0n,
    soldWh: sold?.wh ?? 0n,
    usedMonthWh: used?.wh ?? 0n,
    isMeasured: used?.estimated === 0 && used.at !== null,
    basisAt: used?.at ?? null,
  };
}

function readRows(scope: OrgScope, buildingId: string, now: Date): Promise<Row[]> {
  const within = buildingsOf(scope);
  const most = MOST_OF_A_KIND;
  return inScope(
    scope,
    (tx) => tx.db.$queryRaw<Row[]>`
      WITH here AS MATERIALIZED (
        SELECT b.organization_id, b.id, b.time_zone,
          date_trunc('day', ${now}::timestamptz AT TIME ZONE b.time_zone) AS today,
          date_trunc('day', ${now}::timestamptz AT TIME ZONE b.time_zone)
            AT TIME ZONE b.time_zone AS day_began
        FROM building b
        WHERE b.organization_id = ${scope.organizationId}::uuid AND b.id = ${buildingId}::uuid
          AND (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[])))
      SELECT 'sold' AS kind, NULL::uuid AS "unitId", NULL AS "unitLabel",
        NULL::uuid AS "subjectId", sum(p.amount_minor)::bigint AS "amountMinor",
        NULL::timestamptz AS at, sum(p.energy_wh)::bigint AS wh, NULL::int AS estimated
      FROM here b JOIN purchase p ON p.organization_id = b.organization_id
        AND p.building_id = b.id AND p.issued_at >= b.day_began
        AND p.issued_at <= ${now}::timestamptz
      UNION ALL
      SELECT 'used', NULL, NULL, NULL, NULL, max(m.basis_at), sum(m.used)::bigint,
        sum(m.estimated_units)::int
      FROM here b JOIN building_month m ON m.organization_id = b.organization_id
        AND m.building_id = b.id AND m.resource = 'electricity' AND m.unit_kind <> 'intake'
        AND m.day = date_trunc('month', b.today)::date
      UNION ALL
      (SELECT CASE p.status WHEN 'refund_due' THEN 'refund-due' ELSE 'no-token' END, u.id,
        u.label, p.id, p.amount_minor, p.paid_at, NULL, NULL
      FROM here b JOIN purchase p ON p.organization_id = b.organization_id
        AND p.building_id = b.id AND p.issued_at IS NULL
        AND p.paid_at < ${now}::timestamptz - interval '2 minutes'
        AND p.status IN ('paid', 'reserved', 'in_doubt', 'refund_due')
      JOIN unit u ON u.organization_id = p.organization_id AND u.id = p.unit_id
      ORDER BY p.paid_at LIMIT ${most})
      UNION ALL
      (SELECT 'used-not-bought', u.id, u.label, NULL, NULL, c.runs_out_at, NULL, NULL
      FROM here b JOIN unit_credit c ON c.organization_id = b.organization_id
        AND c.building_id = b.id AND c.runs_out_at < ${now}::timestamptz - interval '3 days'
      JOIN unit u ON u.organization_id = c.organization_id AND u.id = c.unit_id
      WHERE EXISTS (SELECT FROM usage_day d WHERE d.organization_id = c.organization_id
          AND d.unit_id = c.unit_id AND d.resource = 'electricity' AND d.used > 0
          AND d.day > (c.runs_out_at AT TIME ZONE b.time_zone)::date)
      ORDER BY c.runs_out_at LIMIT ${most})
      UNION ALL
      (SELECT 'moves-out', u.id, u.label, NULL, NULL, l.ends_on::timestamp
        AT TIME ZONE b.time_zone, NULL, NULL
      FROM here b JOIN unit u ON u.organization_id = b.organization_id AND u.building_id = b.id
      JOIN lease l ON l.organization_id = u.organization_id AND l.unit_id = u.id
        AND l.ends_on > b.today::date AND l.ends_on <= b.today::date + 7
      ORDER BY l.ends_on, u.label LIMIT ${most})
      UNION ALL
      (SELECT 'no-closing-reading', u.id, u.label, i.meter_id, NULL, e.ended, NULL, NULL
      FROM here b JOIN unit u ON u.organization_id = b.organization_id AND u.building_id = b.id
      JOIN lease l ON l.organization_id = u.organization_id AND l.unit_id = u.id
        AND l.ends_on <= b.today::date AND l.ends_on > b.today::date - 45
      CROSS JOIN LATERAL (SELECT l.ends_on::timestamp AT TIME ZONE b.time_zone AS ended) e
      JOIN meter_installation i ON i.organization_id = u.organization_id AND i.unit_id = u.id
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> e.ended
      WHERE NOT EXISTS (SELECT FROM reading r
        WHERE r.organization_id = i.organization_id AND r.meter_id = i.meter_id
          AND r.at BETWEEN e.ended - interval '3 days' AND e.ended + interval '3 days')
      ORDER BY l.ends_on, u.label LIMIT ${most})
      UNION ALL
      (SELECT 'contested', u.id, u.label, m.id, NULL, NULL, NULL, NULL
      FROM here b JOIN unit u ON u.organization_id = b.organization_id AND u.building_id = b.id
      JOIN meter_installation i ON i.organization_id = u.organization_id AND i.unit_id = u.id
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> ${now}::timestamptz
      JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id
      JOIN meter_directory d ON d.meter_number = m.meter_number
        AND d.belongs_to = m.organization_id AND d.state = 'contested'
      ORDER BY u.label LIMIT ${most})
      UNION ALL
      (SELECT 'out-unread', u.id, u.label, i.meter_id, NULL, i.ends_at, NULL, NULL
      FROM here b JOIN unit u ON u.organization_id = b.organization_id AND u.building_id = b.id
      JOIN meter_installation i ON i.organization_id = u.organization_id AND i.unit_id = u.id
        AND i.ends_at <= ${now}::timestamptz
        AND i.ends_at > ${now}::timestamptz - interval '1 year'
      WHERE NOT EXISTS (SELECT FROM reading r WHERE r.organization_id = i.organization_id
          AND r.meter_id = i.meter_id AND r.quantity IN ('register', 'remaining')
          AND r.at < i.ends_at AND r.at >= i.ends_at - interval '3 days')
      ORDER BY i.ends_at, u.label LIMIT ${most})
      UNION ALL
      (SELECT 'no-meter', u.id, u.label, NULL, NULL, NULL, NULL, NULL
      FROM here b JOIN unit u ON u.organization_id = b.organization_id AND u.building_id = b.id
        AND u.kind IN ('flat', 'room', 'shop')
      WHERE EXISTS (SELECT FROM lease l WHERE l.organization_id = u.organization_id
          AND l.unit_id = u.id AND daterange(l.starts_on, l.ends_on, '[)') @> b.today::date)
        AND NOT EXISTS (SELECT FROM meter_installation i
          WHERE i.organization_id = u.organization_id AND i.unit_id = u.id
            AND tstzrange(i.starts_at, i.ends_at, '[)') @> ${now}::timestamptz)
      ORDER BY u.label LIMIT ${most})
      UNION ALL
      (SELECT 'quarantine', u.id, u.label, q.meter_id, NULL, q.at, NULL, NULL
      FROM here b JOIN unit u ON u.organization_id = b.organization_id AND u.building_id = b.id
      JOIN meter_installation i ON i.organization_id = u.organization_id AND i.unit_id = u.id
      JOIN reading_quarantine q ON q.organization_id = i.organization_id
        AND q.meter_id = i.meter_id AND q.decided_at IS NULL
        AND tstzrange(i.starts_at, i.ends_at, '[)') @> q.at
      ORDER BY q.at LIMIT ${most})`,
  );
}
