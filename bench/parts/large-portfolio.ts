import { Pool } from "pg";

export type PortfolioSize = {
  readonly slug: string;
  readonly buildings: number;
  readonly unitsABuilding: number;
  readonly purchasesAUnit: number;
  readonly readingsAUnit: number;
};

export type Portfolio = {
  readonly slug: string;
  readonly organizationId: string;
  readonly buildingId: string;
  readonly unitId: string;
  /** The administrator: the demo's landlord. */
  readonly userId: string;
};

/**
 * Loads an organization in bulk, past every process and its foreign keys' checks: buildings of
 * flats with a meter, a lease and an occupancy each, purchases evenly over the year, daily readings
 * of registers, and the sums that the worker would have made of them. The demo's landlord is its
 * administrator. What no page reads (ledger, tokens, events) is left out.
 */
export async function loadPortfolio(superuserUrl: string, size: PortfolioSize): Promise<Portfolio> {
  // Foreign keys' checks are off, and what is loaded needs not survive a crash.
  const options = "-c session_replication_role=replica -c synchronous_commit=off";
  const pool = new Pool({ connectionString: superuserUrl, max: 2, options });
  try {
    for (const statement of statementsOf(size)) await pool.query(statement);
    await loadMeasured(pool, size);
    const { rows } = await pool.query<Omit<Portfolio, "slug">>(
      `SELECT organization_id AS "organizationId", building_id AS "buildingId",
         unit_id AS "unitId", d.user_id AS "userId" FROM bench_unit CROSS JOIN bench_demo d
        ORDER BY number LIMIT 1 OFFSET 7`,
    );
    const [place] = rows;
    if (!place) throw new Error("the portfolio was not loaded");
    await pool.query("DROP TABLE bench_unit, bench_demo");
    return { slug: size.slug, ...place };
  } finally {
    await pool.end();
  }
}

/** To be run once, when everything is loaded: what autovacuum would come to by itself. */
export async function settle(superuserUrl: string): Promise<void> {
  const pool = new Pool({ connectionString: superuserUrl, max: 1 });
  try {
    await pool.query("VACUUM (ANALYZE)");
    await pool.query("CHECKPOINT");
  } finally {
    await pool.end();
  }
}

function statementsOf(size: PortfolioSize): readonly string[] {
  const { slug, buildings, unitsABuilding, purchasesAUnit, readingsAUnit } = size;
  const units = buildings * unitsABuilding;
  return [
    `CREATE TABLE bench_unit AS
     SELECT o.id AS organization_id, b.id AS building_id, n AS number,
       gen_random_uuid() AS unit_id, gen_random_uuid() AS meter_id,
       gen_random_uuid() AS installation_id, gen_random_uuid() AS resident_id,
       gen_random_uuid() AS lease_id, gen_random_uuid() AS occupancy_id,
       b.place AS building_number, (n - 1) % ${unitsABuilding} AS place
      FROM (SELECT gen_random_uuid() AS id) o
      CROSS JOIN LATERAL (SELECT gen_random_uuid() AS id, place, o.id AS of
        FROM generate_series(1, ${buildings}) place) b
      JOIN generate_series(1, ${units}) n ON (n - 1) / ${unitsABuilding} + 1 = b.place`,
    `CREATE TABLE bench_demo AS
     SELECT t.id AS tariff_id, k.id AS vending_key_id, m.user_id, v.definition
       FROM organization o
       JOIN tariff t ON t.organization_id = o.organization_id AND t.currency = 'KES'
       JOIN tariff_version v ON v.organization_id = o.organization_id AND v.tariff_id = t.id
       JOIN vending_key k ON k.organization_id = o.organization_id
       JOIN membership m ON m.organization_id = o.organization_id AND m.role = 'administrator'
      WHERE o.name = 'Acacia Homes' LIMIT 1`,
    `INSERT INTO organization SELECT DISTINCT organization_id, 'Bench ${slug}', 'Bench ${slug} Ltd',
       NULL, now() FROM bench_unit`,
    `INSERT INTO membership (organization_id, user_id, role, all_buildings, created_at)
     SELECT DISTINCT u.organization_id, d.user_id, 'administrator', true, now()
       FROM bench_unit u CROSS JOIN bench_demo d`,
    `INSERT INTO membership_directory
     SELECT DISTINCT d.user_id, u.organization_id, 'staff', '${slug}'
       FROM bench_unit u CROSS JOIN bench_demo d`,
    `INSERT INTO building SELECT DISTINCT u.organization_id, u.building_id,
       'Bench House ' || u.building_number, 'Street ' || u.building_number || ', Nairobi', 'KES',
       'Africa/Nairobi', 'en-KE', d.tariff_id, now() - interval '400 days'
       FROM bench_unit u CROSS JOIN bench_demo d`,
    `INSERT INTO unit (organization_id, id, building_id, label, floor, position, kind)
     SELECT organization_id, unit_id, building_id, 'B' || building_number || '-' || place,
       place / 20, place % 20 + 1, 'flat' FROM bench_unit`,
    `INSERT INTO meter (organization_id, id, meter_number, resource, status, vending_key_id,
       encryption_algorithm, tariff_index, created_at)
     SELECT u.organization_id, u.meter_id, ${meterNumberOf(slug)}, 'electricity', 'active',
       d.vending_key_id, 11, 1, now() - interval '400 days'
       FROM bench_unit u CROSS JOIN bench_demo d`,
    `INSERT INTO meter_directory (meter_number, belongs_to, meter_id, state, claimed_at)
     SELECT ${meterNumberOf(slug)}, u.organization_id, u.meter_id, 'verified', now()
       FROM bench_unit u`,
    `INSERT INTO meter_installation (organization_id, id, meter_id, unit_id, starts_at)
     SELECT organization_id, installation_id, meter_id, unit_id, now() - interval '700 days'
       FROM bench_unit`,
    `INSERT INTO resident (organization_id, id, name)
     SELECT organization_id, resident_id, 'Resident ' || number FROM bench_unit`,
    `INSERT INTO lease (organization_id, id, unit_id, resident_id, starts_on)
     SELECT organization_id, lease_id, unit_id, resident_id, current_date - 700 FROM bench_unit`,
    `INSERT INTO occupancy (organization_id, id, unit_id, starts_at)
     SELECT organization_id, occupancy_id, unit_id, now() - interval '700 days' FROM bench_unit`,
    `INSERT INTO wallet (organization_id, occupancy_id, currency)
     SELECT organization_id, occupancy_id, 'KES' FROM bench_unit`,
    `INSERT INTO purchase (organization_id, id, scope, request_key, request_hash, status,
       building_id, unit_id, meter_id, installation_id, occupancy_id, lease_id, amount_minor,
       currency, quote_id, created_at, paid_at, issued_at, receipt_series, receipt_number,
       energy_wh)
     SELECT organization_id, gen_random_uuid(), 'web', number || '-' || turn, '\\x00', 'issued',
       building_id, unit_id, meter_id, installation_id, occupancy_id, lease_id,
       20000 + turn * 1000, 'KES', gen_random_uuid(), at, at, at, 'BENCH',
       row_number() OVER (), 10000 + turn * 500
       FROM (SELECT u.*, turn, now() - (turn * interval '1 day' * 365 / ${purchasesAUnit})
           + number % 86400 * interval '1 second' AS at
         FROM bench_unit u CROSS JOIN generate_series(1, ${purchasesAUnit}) turn) sale
      WHERE at < now()`,
    `INSERT INTO building_day
     SELECT b.organization_id, b.id, 'electricity', 'flat', current_date - n, 6500::bigint *
       ${unitsABuilding}, ${unitsABuilding}, 0, now(), 200000, 400000, 20
       FROM building b CROSS JOIN generate_series(1, ${readingsAUnit} - 1) n
      WHERE b.organization_id = (SELECT organization_id FROM bench_unit LIMIT 1)`,
    `INSERT INTO building_month
     SELECT organization_id, building_id, resource, unit_kind, date_trunc('month', day)::date,
       sum(used), sum(measured_units), 0, max(basis_at), sum(sold), sum(sold_minor),
       sum(sold_count)
       FROM building_day
      WHERE organization_id = (SELECT organization_id FROM bench_unit LIMIT 1)
      GROUP BY 1, 2, 3, 4, 5`,
    `INSERT INTO unit_credit
     SELECT organization_id, unit_id, building_id, 'measured', now(), now(),
       (number % 40) * 1000, 6500, now() + (number % 40) * interval '4 hours', NULL, now(), 20000,
       10000 FROM bench_unit`,
  ];
}

/**
 * What there is most of, beside each other. A month's readings stand day by day, as they would have
 * come; these tables are not written twice, for a benchmark's server need not survive a crash.
 */
async function loadMeasured(pool: Pool, { readingsAUnit }: PortfolioSize): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND (c.relname = 'usage_day'
        OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'reading'::regclass))`,
  );
  for (const { name } of rows) await pool.query(`ALTER TABLE ${name} SET UNLOGGED`);
  await Promise.all([
    pool.query(
      `INSERT INTO reading (organization_id, meter_id, quantity, at, value, source, recorded_at)
       SELECT u.organization_id, u.meter_id, 'register', d.at, (${readingsAUnit} - n) * 6500,
         'gateway', d.at
         FROM generate_series(0, ${readingsAUnit} - 1) n
         CROSS JOIN LATERAL (SELECT date_trunc('day', now()) - n * interval '1 day' AS at) d
         CROSS JOIN bench_unit u`,
    ),
    pool.query(
      `INSERT INTO usage_day (organization_id, unit_id, meter_id, day, used, is_measured, basis_at,
         building_id, resource)
       SELECT u.organization_id, u.unit_id, u.meter_id, current_date - n,
         6000 + (n * u.number) % 1000, true, date_trunc('day', now()) - (n - 1) * interval '1 day',
         u.building_id, 'electricity'
         FROM bench_unit u CROSS JOIN generate_series(1, ${readingsAUnit} - 1) n`,
    ),
  ]);
}

/** Eleven digits; the last need not check here, for nobody types them in. */
function meterNumberOf(slug: string): string {
  const prefix = slug.length % 2 === 0 ? "08" : "09";
  return `'${prefix}' || lpad(u.number::text, 9, '0')`;
}
