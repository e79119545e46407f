import { buildingsOf, type ScopedTx } from "@/lib/access";
import { assert } from "@/lib/kernel";
import { type CurrencyCode, parseCurrencyCode } from "@/lib/money";

export type MeterProof = "claimed" | "verified" | "contested";

/** A meter, and whom it serves at an instant. */
export type ServedMeter = {
  readonly meterId: string;
  readonly meterNumber: string;
  readonly status: "active" | "blocked";
  /** Contested: another organization claims the number too, and nothing is sold for it. */
  readonly proof: MeterProof;
  readonly installationId: string;
  readonly unitId: string;
  readonly unitLabel: string;
  readonly buildingId: string;
  readonly buildingName: string;
  readonly currency: CurrencyCode;
  readonly timeZone: string;
  readonly locale: string;
  readonly tariffId: string;
  readonly occupancyId: string | null;
  readonly leaseId: string | null;
  readonly residentName: string | null;
  /** The organization's legal name, as it stands above the tax number on a slip. */
  readonly sellerName: string;
  readonly sellerTaxNumber: string | null;
};

type Row = Omit<ServedMeter, "currency"> & { readonly currency: string };

/**
 * What stands at an instant: the installation and the occupancy open then, and the lease by the
 * building's civil day, where there is one only: a room let by its beds has several, and says the
 * name of the first. Null for a meter that serves no unit then, for one that this organization
 * does not have, and for one beyond a role's buildings. One statement: every quote begins with it.
 */
export async function findServedMeter(
  tx: ScopedTx,
  meterId: string,
  at: Date,
): Promise<ServedMeter | null> {
  const { organizationId } = tx.scope;
  const within = buildingsOf(tx.scope);
  const rows = await tx.db.$queryRaw<Row[]>`
    SELECT m.id AS "meterId", m.meter_number AS "meterNumber", m.status,
      d.state AS proof,
      i.id AS "installationId", u.id AS "unitId", u.label AS "unitLabel",
      b.id AS "buildingId", b.name AS "buildingName", b.currency, b.time_zone AS "timeZone",
      b.locale, b.tariff_id AS "tariffId", o.id AS "occupancyId", held.id AS "leaseId",
      held.name AS "residentName", s.legal_name AS "sellerName", s.tax_number AS "sellerTaxNumber"
    FROM meter m
    JOIN meter_directory d ON d.meter_number = m.meter_number
      AND d.belongs_to = m.organization_id
    JOIN organization s ON s.organization_id = m.organization_id
    JOIN meter_installation i ON i.organization_id = m.organization_id AND i.meter_id = m.id
      AND tstzrange(i.starts_at, i.ends_at, '[)') @> ${at}::timestamptz
    JOIN unit u ON u.organization_id = m.organization_id AND u.id = i.unit_id
    JOIN building b ON b.organization_id = m.organization_id AND b.id = u.building_id
    LEFT JOIN occupancy o ON o.organization_id = m.organization_id AND o.unit_id = u.id
      AND tstzrange(o.starts_at, o.ends_at, '[)') @> ${at}::timestamptz
    LEFT JOIN LATERAL (SELECT CASE WHEN count(*) = 1 THEN min(l.id::text)::uuid END AS id,
        (array_agg(r.name ORDER BY l.starts_on, r.name))[1] AS name
      FROM lease l
      JOIN resident r ON r.organization_id = l.organization_id AND r.id = l.resident_id
      WHERE l.organization_id = m.organization_id AND l.unit_id = u.id
        AND daterange(l.starts_on, l.ends_on, '[)')
          @> (${at}::timestamptz AT TIME ZONE b.time_zone)::date) held ON true
    WHERE m.organization_id = ${organizationId}::uuid AND m.id = ${meterId}::uuid
      AND (${within}::uuid[] IS NULL OR b.id = ANY (${within}::uuid[]))`;
  const [row] = rows;
  if (!row) return null;
  const currency = parseCurrencyCode(row.currency);
  assert(currency.ok, "a building keeps its books in a currency we know");
  return { ...row, currency: currency.value };
}
