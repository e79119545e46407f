import { buildingsOf, inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { formatReceiptNumber } from "@/lib/vending";
import { parseReceiptNumber, searchKeyOf, searchRange } from "../core/search-key";

export type Found = {
  readonly kind: "building" | "unit" | "resident" | "meter" | "receipt";
  /** Of the building, the unit, the meter or the purchase that it opens. */
  readonly id: string;
  readonly label: string;
  /** Where it stands: its building, its unit; null for a meter that hangs nowhere. */
  readonly place: string | null;
};

type Row = Found & { readonly series: string | null; readonly number: bigint | null };

/**
 * What begins with the words somebody typed, a few of each kind, in one statement: the buildings,
 * units and residents now in them, meters by their first or last digits, receipts by their number.
 * Nothing beyond a role's buildings; receipts for who reads sales, meters for who manages them.
 */
export async function searchOrganization(
  scope: OrgScope,
  asked: { readonly text: string; readonly now: Date; readonly take: number },
): Promise<readonly Found[]> {
  const { text, now, take } = asked;
  const key = searchKeyOf(text);
  const range = searchRange(key);
  if (!range) return [];
  const within = buildingsOf(scope);
  const receipt = scope.permissions.includes("sale:read") ? parseReceiptNumber(text) : null;
  const seesMeters = scope.permissions.includes("meter:manage");
  const end = searchRange([...key].toReversed().join("")) ?? range;
  const { organizationId } = scope;
  const rows = await inScope(
    scope,
    (tx) => tx.db.$queryRaw<Row[]>`
      (SELECT 'building' AS kind, b.id, b.name AS label, b.address AS place,
          NULL::text AS series, NULL::bigint AS number
        FROM building b
        WHERE b.organization_id = ${organizationId}::uuid
          AND b.search_key >= ${range.from} AND b.search_key < ${range.to}
          AND (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[]))
        ORDER BY b.search_key LIMIT ${take})
      UNION ALL
      (SELECT 'unit', u.id, u.label, b.name, NULL, NULL
        FROM unit u JOIN building b ON b.organization_id = u.organization_id
          AND b.id = u.building_id
        WHERE u.organization_id = ${organizationId}::uuid
          AND u.search_key >= ${range.from} AND u.search_key < ${range.to}
          AND (${within}::uuid[] IS NULL OR u.building_id = ANY (${within}::uuid[]))
        ORDER BY u.search_key LIMIT ${take})
      UNION ALL
      (SELECT 'resident', u.id, found.name, u.label || ' · ' || b.name, NULL, NULL
        FROM (SELECT r.organization_id, r.id, r.name FROM resident r
            WHERE r.organization_id = ${organizationId}::uuid
              AND r.search_key >= ${range.from} AND r.search_key < ${range.to}
          UNION SELECT r.organization_id, r.id, r.name FROM resident r
            WHERE r.organization_id = ${organizationId}::uuid
              AND r.search_last >= ${range.from} AND r.search_last < ${range.to}
          LIMIT 500) found
        JOIN lease l ON l.organization_id = found.organization_id AND l.resident_id = found.id
        JOIN unit u ON u.organization_id = l.organization_id AND u.id = l.unit_id
        JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
        WHERE l.organization_id = ${organizationId}::uuid
          AND daterange(l.starts_on, l.ends_on, '[)')
            @> (${now}::timestamptz AT TIME ZONE b.time_zone)::date
          AND (${within}::uuid[] IS NULL OR u.building_id = ANY (${within}::uuid[]))
        ORDER BY found.name, u.label LIMIT ${take})
      UNION ALL
      (SELECT 'meter', found.id, found.meter_number, placed.text, NULL, NULL
        FROM (SELECT m.organization_id, m.id, m.meter_number FROM meter m
            WHERE m.organization_id = ${organizationId}::uuid
              AND m.status <> 'archived'
              AND m.search_key >= ${range.from} AND m.search_key < ${range.to}
          UNION SELECT m.organization_id, m.id, m.meter_number FROM meter m
            WHERE m.organization_id = ${organizationId}::uuid
              AND m.status <> 'archived'
              AND m.search_end >= ${end.from} AND m.search_end < ${end.to}
          LIMIT 200) found
        LEFT JOIN LATERAL (SELECT u.building_id, u.label || ' · ' || b.name AS text
          FROM meter_installation i
          JOIN unit u ON u.organization_id = i.organization_id AND u.id = i.unit_id
          JOIN building b ON b.organization_id = u.organization_id AND b.id = u.building_id
          WHERE i.organization_id = found.organization_id AND i.meter_id = found.id
            AND (i.ends_at IS NULL OR i.ends_at > ${now}::timestamptz)
          ORDER BY i.starts_at DESC LIMIT 1) placed ON true
        WHERE ${seesMeters}
          AND (${within}::uuid[] IS NULL OR placed.building_id = ANY (${within}::uuid[]))
        ORDER BY found.meter_number LIMIT ${take})
      UNION ALL
      (SELECT 'receipt', p.id, '', u.label || ' · ' || b.name, p.receipt_series, p.receipt_number
        FROM purchase p
        JOIN unit u ON u.organization_id = p.organization_id AND u.id = p.unit_id
        JOIN building b ON b.organization_id = p.organization_id AND b.id = p.building_id
        WHERE p.organization_id = ${organizationId}::uuid
          AND p.receipt_series = ${receipt?.series ?? null}
          AND p.receipt_number = ${receipt?.number ?? null}::bigint
          AND (${within}::uuid[] IS NULL OR p.building_id = ANY (${within}::uuid[])))`,
  );
  return rows.map(({ series, number, ...found }) => ({
    ...found,
    label: series && number ? formatReceiptNumber(series, number) : found.label,
  }));
}
