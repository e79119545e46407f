import { Pool } from "pg";

export type LargeBuilding = {
  readonly organizationId: string;
  readonly buildingId: string;
  readonly landlordId: string;
  readonly meterNumbers: readonly string[];
};

const UNITS = 400;
const PURCHASES_A_UNIT = 30;

/**
 * Loads a building of 400 let units with thirty purchases each into the demo's organization, in
 * bulk, past every process: what a page reads, in the amounts of a large block. Meters can be sold
 * to; their purchases of the past have reservations and no digits.
 */
export async function loadLargeBuilding(superuserUrl: string): Promise<LargeBuilding> {
  const pool = new Pool({ connectionString: superuserUrl, max: 1 });
  try {
    for (const statement of STATEMENTS) await pool.query(statement);
    await pool.query("ANALYZE");
    const { rows } = await pool.query<Omit<LargeBuilding, "meterNumbers">>(
      `SELECT b.organization_id AS "organizationId", b.id AS "buildingId",
              m.user_id AS "landlordId"
         FROM building b JOIN membership m ON m.organization_id = b.organization_id
          AND m.role = 'administrator' WHERE b.name = 'Bench Tower' LIMIT 1`,
    );
    const meters = await pool.query<{ meter_number: string }>(
      "SELECT meter_number FROM bench_unit ORDER BY number",
    );
    const [place] = rows;
    if (!place) throw new Error("the large building was not loaded");
    return { ...place, meterNumbers: meters.rows.map((row) => row.meter_number) };
  } finally {
    await pool.end();
  }
}

const EVERY_UNIT = `INSERT INTO unit (organization_id, id, building_id, label, floor, position,
    kind)
  SELECT organization_id, unit_id, building_id, 'T-' || number, number / 10, number % 10 + 1,
    'flat'
    FROM bench_unit`;

// The eleventh digit of a meter number is ISO 7812-1's (Luhn) check digit over the ten before it.
const STATEMENTS = [
  `CREATE FUNCTION bench_meter_number(serial int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
     WITH base AS (SELECT '0700' || lpad(serial::text, 6, '0') AS digits),
     sums AS (SELECT digits, (SELECT sum(CASE WHEN place % 2 = 0 THEN d * 2 - (d > 4)::int * 9
         ELSE d END) FROM (SELECT place, substr(digits, place, 1)::int AS d
           FROM generate_series(1, 10) place) each) AS total FROM base)
     SELECT digits || ((10 - total % 10) % 10)::text FROM sums $$`,
  `CREATE TABLE bench_unit AS
   SELECT b.organization_id, t.building_id, n AS number, bench_meter_number(n) AS meter_number,
     gen_random_uuid() AS unit_id, gen_random_uuid() AS meter_id,
     gen_random_uuid() AS installation_id, gen_random_uuid() AS resident_id,
     gen_random_uuid() AS lease_id, gen_random_uuid() AS occupancy_id,
     k.id AS vending_key_id, v.id AS tariff_version_id
    FROM building b CROSS JOIN (SELECT gen_random_uuid() AS building_id) t
    JOIN vending_key k ON k.organization_id = b.organization_id
    JOIN tariff_version v ON v.organization_id = b.organization_id
   CROSS JOIN generate_series(1, ${UNITS}) n WHERE b.name = 'Acacia Court'`,
  `INSERT INTO building SELECT DISTINCT b.organization_id, u.building_id, 'Bench Tower', b.address,
     b.currency, b.time_zone, b.locale, b.tariff_id, b.created_at
    FROM bench_unit u JOIN building b ON b.organization_id = u.organization_id
     AND b.name = 'Acacia Court'`,
  EVERY_UNIT,
  `INSERT INTO meter (organization_id, id, meter_number, resource, status, vending_key_id,
     encryption_algorithm, tariff_index, created_at)
   SELECT organization_id, meter_id, meter_number, 'electricity', 'active', vending_key_id, 11, 1,
     now() - interval '400 days' FROM bench_unit`,
  `INSERT INTO meter_directory (meter_number, belongs_to, meter_id, state, claimed_at)
   SELECT meter_number, organization_id, meter_id, 'verified', now() FROM bench_unit`,
  `INSERT INTO meter_installation (organization_id, id, meter_id, unit_id, starts_at)
   SELECT organization_id, installation_id, meter_id, unit_id, now() - interval '400 days'
     FROM bench_unit`,
  `INSERT INTO resident (organization_id, id, name)
   SELECT organization_id, resident_id, 'Resident ' || number FROM bench_unit`,
  `INSERT INTO lease (organization_id, id, unit_id, resident_id, starts_on)
   SELECT organization_id, lease_id, unit_id, resident_id, current_date - 400 FROM bench_unit`,
  `INSERT INTO occupancy (organization_id, id, unit_id, starts_at)
   SELECT organization_id, occupancy_id, unit_id, now() - interval '400 days' FROM bench_unit`,
  `INSERT INTO wallet (organization_id, occupancy_id, currency)
   SELECT organization_id, occupancy_id, 'KES' FROM bench_unit`,
  `CREATE TABLE bench_purchase AS
   SELECT u.*, gen_random_uuid() AS purchase_id, gen_random_uuid() AS quote_id,
     gen_random_uuid() AS token_set_id, now() - n * interval '45 hours' AS at, n AS turn
    FROM bench_unit u CROSS JOIN generate_series(1, ${PURCHASES_A_UNIT}) n`,
  `INSERT INTO purchase (organization_id, id, scope, request_key, request_hash, status,
     building_id, unit_id, meter_id, installation_id, occupancy_id, lease_id, amount_minor,
     currency, quote_id, created_at, paid_at, issued_at, receipt_series, receipt_number,
     energy_wh)
   SELECT organization_id, purchase_id, 'web', purchase_id::text, '\\x00', 'issued', building_id,
     unit_id, meter_id, installation_id, occupancy_id, lease_id, 50000, 'KES', quote_id, at, at,
     at, 'BENCH', row_number() OVER (), 20000 FROM bench_purchase`,
  `INSERT INTO token_set (organization_id, id, purchase_id, meter_id, created_at)
   SELECT organization_id, token_set_id, purchase_id, meter_id, at FROM bench_purchase`,
  `INSERT INTO token_reservation (organization_id, token_set_id, position, meter_id,
     vending_key_id, meter_number, encryption_algorithm, tariff_index, subclass,
     token_id_minutes, random_nibble, amount_units)
   SELECT organization_id, token_set_id, 1, meter_id, vending_key_id, meter_number, 11, 1, 0,
     1000000 + turn, 5, 200 FROM bench_purchase`,
];
