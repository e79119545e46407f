import type { ScopedTx } from "@/lib/access";
import type { PlaceOfMonth } from "../core/figures";
import type { Watched } from "../core/find-signs";
import type { Span } from "./span";

export type Place = PlaceOfMonth & Watched;

/** More than any building has. */
const MOST_PLACES = 1_500;

/**
 * Every place of a building with what it used and was sold in a month, and what tells whether it
 * uses without buying: one statement, two ranges of indexes, whatever the number of readings.
 * Electricity alone. A day counts as metered when a meter hung there from its first moment to its
 * last.
 */
export function listPlaces(tx: ScopedTx, span: Span): Promise<readonly Place[]> {
  const { organizationId } = tx.scope;
  const { buildingId, timeZone, firstDay, nextFirst, firstOpenDay } = span;
  const { quarterFirst, halfYearFirst } = span;
  return tx.db.$queryRaw<Place[]>`
    WITH days AS (
      SELECT d::date AS day, d AT TIME ZONE ${timeZone} AS starts_at,
        (d + interval '1 day') AT TIME ZONE ${timeZone} AS ends_at
      FROM generate_series(${firstDay}::timestamp, ${firstOpenDay}::timestamp - interval '1 day',
        interval '1 day') d
    ), use AS (
      SELECT d.unit_id, d.day, d.used, d.is_measured, d.basis_at,
        d.day >= ${firstDay}::date AS is_now
      FROM usage_day d
      WHERE d.organization_id = ${organizationId}::uuid AND d.building_id = ${buildingId}::uuid
        AND d.resource = 'electricity' AND d.day >= ${quarterFirst}::date
        AND d.day < ${nextFirst}::date
    ), used AS (
      SELECT unit_id, sum(used) AS quarter, sum(used) FILTER (WHERE is_now) AS month,
        count(DISTINCT day) FILTER (WHERE is_now) AS days,
        count(DISTINCT day) FILTER (WHERE is_now AND NOT is_measured) AS estimated,
        max(basis_at) FILTER (WHERE is_now) AS basis_at
      FROM use GROUP BY unit_id
    ), vacant AS (
      SELECT use.unit_id, sum(use.used) AS used FROM use
      WHERE use.is_now AND NOT EXISTS (SELECT FROM lease l
        WHERE l.organization_id = ${organizationId}::uuid AND l.unit_id = use.unit_id
          AND daterange(l.starts_on, l.ends_on, '[)') @> use.day)
      GROUP BY use.unit_id
    ), vended AS (
      SELECT p.unit_id, p.issued_at, p.energy_wh, true AS is_sold
      FROM purchase p
      WHERE p.organization_id = ${organizationId}::uuid AND p.building_id = ${buildingId}::uuid
        AND p.issued_at >= ${halfYearFirst}::timestamp AT TIME ZONE ${timeZone}
        AND p.issued_at < ${nextFirst}::timestamp AT TIME ZONE ${timeZone}
      UNION ALL
      SELECT o.unit_id, t.at, sum(r.amount_units) * 100, false
      FROM (SELECT DISTINCT correlation_id, occupancy_id, at FROM ledger_transfer
        WHERE organization_id = ${organizationId}::uuid AND building_id = ${buildingId}::uuid
          AND at >= ${halfYearFirst}::timestamp AT TIME ZONE ${timeZone}
          AND at < ${nextFirst}::timestamp AT TIME ZONE ${timeZone}
          AND debit_account = 'free_issues') t
      JOIN occupancy o ON o.organization_id = ${organizationId}::uuid AND o.id = t.occupancy_id
      JOIN token_set s ON s.organization_id = ${organizationId}::uuid
        AND s.approval_id = t.correlation_id
      JOIN token_reservation r ON r.organization_id = s.organization_id AND r.token_set_id = s.id
      GROUP BY o.unit_id, t.correlation_id, t.at
    ), sold AS (
      SELECT unit_id, sum(energy_wh) AS half_year,
        sum(energy_wh) FILTER (WHERE issued_at >= ${quarterFirst}::timestamp
          AT TIME ZONE ${timeZone}) AS quarter,
        sum(energy_wh) FILTER (WHERE is_sold AND issued_at >= ${firstDay}::timestamp
          AT TIME ZONE ${timeZone}) AS month,
        count(*) FILTER (WHERE is_sold AND issued_at >= ${firstDay}::timestamp
          AT TIME ZONE ${timeZone}) AS count,
        max(issued_at) FILTER (WHERE is_sold) AS last_at
      FROM vended GROUP BY unit_id
    ), metered AS (
      SELECT i.unit_id, count(DISTINCT days.day) AS days,
        count(DISTINCT days.day) FILTER (WHERE use.day IS NULL) AS missing,
        bool_or(m.vending_key_id IS NOT NULL) AS is_prepaid
      FROM unit u
      JOIN meter_installation i ON i.organization_id = u.organization_id AND i.unit_id = u.id
      JOIN meter m ON m.organization_id = i.organization_id AND m.id = i.meter_id
        AND m.resource = 'electricity'
      JOIN days ON i.starts_at <= days.starts_at
        AND (i.ends_at IS NULL OR i.ends_at >= days.ends_at)
      LEFT JOIN use ON use.unit_id = i.unit_id AND use.day = days.day
      WHERE u.organization_id = ${organizationId}::uuid AND u.building_id = ${buildingId}::uuid
      GROUP BY i.unit_id
    )
    SELECT u.id AS "unitId", u.label, u.kind, coalesce(used.month, 0)::bigint AS "usedWh",
      coalesce(sold.month, 0)::bigint AS "soldWh", coalesce(sold.count, 0)::int AS "soldCount",
      coalesce(metered.days, 0)::int AS "meteredDays",
      coalesce(metered.missing, 0)::int AS "missingDays",
      coalesce(used.estimated, 0)::int AS "estimatedDays",
      (coalesce(used.days, 0) - coalesce(used.estimated, 0))::int AS "measuredDays",
      used.basis_at AS "basisAt", coalesce(metered.is_prepaid, false) AS "isPrepaid",
      coalesce(vacant.used, 0)::bigint AS "vacantWh",
      coalesce(used.quarter, 0)::bigint AS "usedQuarterWh",
      coalesce(sold.quarter, 0)::bigint AS "vendedQuarterWh",
      coalesce(sold.half_year, 0)::bigint AS "vendedHalfYearWh", sold.last_at AS "lastSoldAt"
    FROM unit u
    LEFT JOIN used ON used.unit_id = u.id
    LEFT JOIN vacant ON vacant.unit_id = u.id
    LEFT JOIN sold ON sold.unit_id = u.id
    LEFT JOIN metered ON metered.unit_id = u.id
    WHERE u.organization_id = ${organizationId}::uuid AND u.building_id = ${buildingId}::uuid
    ORDER BY u.floor, u.position, u.label, u.id LIMIT ${MOST_PLACES}`;
}
