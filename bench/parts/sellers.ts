import { Pool } from "pg";
import { newId } from "@/lib/platform";
import type { SignerClient } from "@/lib/signer";

/** What is sold to: units with a meter each, over some organizations. */
export type Sellers = { readonly table: string; readonly organizationIds: readonly string[] };

/** A purchase that was paid and waits to be vended. */
export type PaidPurchase = { readonly organizationId: string; readonly purchaseId: string };

const PRACTICE_KEY = {
  supplyGroupCode: "123457",
  keyRevisionNumber: 1,
  baseDateYear: 2014,
  keyExpiryNumber: 255,
} as const;
const KWH_MINOR = 2_500;
const DEFINITION = {
  pricesIncludeTax: true,
  tax: { code: "vat", percent: "0" },
  steps: [{ upToKwh: null, price: "25.00" }],
};

/**
 * Loads organizations that sell, past every process and its checks, under vending keys that the
 * signer holds: one building, and a let unit with a meter for each of `metersEach`.
 */
export async function loadSellers(
  superuserUrl: string,
  issuer: SignerClient,
  size: { readonly name: string; readonly organizations: number; readonly metersEach: number },
): Promise<Sellers> {
  const table = `bench_seller_${size.name}`;
  const organizationIds = Array.from({ length: size.organizations }, () => newId());
  await asOwner(superuserUrl, async (query) => {
    await query(`CREATE TABLE ${table} (organization_id uuid, number bigint, building_id uuid,
      unit_id uuid, meter_id uuid, installation_id uuid, occupancy_id uuid, endpoint_id uuid,
      tariff_version_id uuid)`);
    for (const [place, organizationId] of organizationIds.entries()) {
      await query("INSERT INTO organization VALUES ($1, 'Bench', 'Bench Ltd', NULL, now())", [
        organizationId,
      ]);
      const { vendingKeyId } = await issuer.generatePracticeKey({
        organizationId,
        ...PRACTICE_KEY,
      });
      const sizes = { place, ...size };
      for (const each of statementsOf(table, { organizationId, vendingKeyId, ...sizes })) {
        await query(each);
      }
    }
    await query(`ALTER TABLE ${table} ADD PRIMARY KEY (organization_id, number)`);
    await query("ANALYZE");
  });
  return { table, organizationIds };
}

function statementsOf(
  table: string,
  of: {
    readonly organizationId: string;
    readonly vendingKeyId: string;
    readonly place: number;
    readonly name: string;
    readonly metersEach: number;
  },
): readonly string[] {
  const { organizationId, vendingKeyId, place, metersEach } = of;
  const [tariffId, versionId, buildingId, endpointId] = [newId(), newId(), newId(), newId()];
  const own = `FROM ${table} WHERE organization_id = '${organizationId}'`;
  const prefix = of.name === "hot" ? "07" : "06";
  const body = `'${prefix}' || lpad((${place}::bigint * 1000000 + number)::text, 8, '0')`;
  // The signer reads the check digit too: every second digit from the right counts double.
  const number = `(${body}) || (SELECT (10 - sum(CASE WHEN at % 2 = 0
      THEN digit * 2 / 10 + digit * 2 % 10 ELSE digit END) % 10) % 10
    FROM (SELECT at, substr(${body}, at, 1)::int AS digit FROM generate_series(1, 10) at) d)::text`;
  return [
    `INSERT INTO tariff (organization_id, id, name, currency)
     VALUES ('${organizationId}', '${tariffId}', 'Bench', 'KES')`,
    `INSERT INTO tariff_version (organization_id, id, tariff_id, starts_at, definition, created_at)
     VALUES ('${organizationId}', '${versionId}', '${tariffId}', '2020-01-01',
       '${JSON.stringify(DEFINITION)}', now())`,
    `INSERT INTO building VALUES ('${organizationId}', '${buildingId}', 'Bench House', 'Street',
       'KES', 'Africa/Nairobi', 'en-KE', '${tariffId}', now())`,
    `INSERT INTO payment_endpoint VALUES ('${endpointId}', '${organizationId}', 'practice')`,
    `INSERT INTO ${table} SELECT '${organizationId}', n, '${buildingId}', gen_random_uuid(),
       gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '${endpointId}', '${versionId}'
       FROM generate_series(1, ${metersEach}) n`,
    `INSERT INTO unit (organization_id, id, building_id, label, floor, position, kind)
     SELECT organization_id, unit_id, building_id, 'B' || number, number / 20, number % 20 + 1,
       'flat' ${own}`,
    `INSERT INTO meter (organization_id, id, meter_number, resource, status, vending_key_id,
       encryption_algorithm, tariff_index, created_at)
     SELECT organization_id, meter_id, ${number}, 'electricity', 'active', '${vendingKeyId}', 11, 1,
       now() ${own}`,
    `INSERT INTO meter_directory (meter_number, belongs_to, meter_id, state, claimed_at)
     SELECT ${number}, organization_id, meter_id, 'verified', now() ${own}`,
    `INSERT INTO meter_installation (organization_id, id, meter_id, unit_id, starts_at)
     SELECT organization_id, installation_id, meter_id, unit_id, now() - interval '9 days' ${own}`,
    `INSERT INTO occupancy (organization_id, id, unit_id, starts_at)
     SELECT organization_id, occupancy_id, unit_id, now() - interval '9 days' ${own}`,
    `INSERT INTO wallet (organization_id, occupancy_id, currency)
     SELECT organization_id, occupancy_id, 'KES' ${own}`,
  ];
}

/**
 * One paid purchase of ten kilowatt-hours for each seller, or for so many of them: what a sale left
 * behind until its money was recorded. Gives them in the order of chance.
 */
export function makePaid(
  superuserUrl: string,
  { table }: Sellers,
  count: number,
): Promise<readonly PaidPurchase[]> {
  const amount = KWH_MINOR * 10;
  return asOwner(superuserUrl, async (query) => {
    await query(`CREATE TEMP TABLE paying AS
      SELECT s.*, gen_random_uuid() AS purchase_id, gen_random_uuid() AS quote_id,
        gen_random_uuid() AS attempt_id, gen_random_uuid() AS payment_id,
        date_trunc('month', now() AT TIME ZONE 'Africa/Nairobi')::date AS month,
        CASE WHEN w.month = date_trunc('month', now() AT TIME ZONE 'Africa/Nairobi')::date
          THEN w.month_wh ELSE 0 END AS before_wh
        FROM ${table} s JOIN wallet w USING (organization_id, occupancy_id)
       ORDER BY random() LIMIT ${count}`);
    await query(`INSERT INTO purchase (organization_id, id, scope, request_key, request_hash,
        status, building_id, unit_id, meter_id, installation_id, occupancy_id, amount_minor,
        currency, quote_id, created_at, paid_at)
      SELECT organization_id, purchase_id, 'web', purchase_id::text, '\\x00', 'paid', building_id,
        unit_id, meter_id, installation_id, occupancy_id, ${amount}, 'KES', quote_id, now(), now()
        FROM paying`);
    await query(`INSERT INTO quote (organization_id, id, purchase_id, tariff_version_id,
        amount_minor, wallet_minor, owner_fee_minor, included_tax_minor, unspent_minor, lines,
        charges, arrears_before_minor, month, month_before_wh, energy_wh, carried_before_wh,
        carried_after_wh, token_units, created_at, expires_at, basis_until)
      SELECT organization_id, quote_id, purchase_id, tariff_version_id, ${amount}, 0, 0, 0, 0,
        '[{"code": "energy", "amountMinor": "${amount}"}]', '[]', 0, month, before_wh, 10000, 0, 0,
        100, now(), now() + interval '1 hour', now() + interval '1 hour' FROM paying`);
    await query(`INSERT INTO purchase_event SELECT organization_id, purchase_id, sequence, before,
        after, now(), 'bench' FROM paying CROSS JOIN (VALUES (1, NULL, 'quoted'),
          (2, 'quoted', 'awaiting_payment'), (3, 'awaiting_payment', 'paid'))
          e (sequence, before, after)`);
    await query(`INSERT INTO payment_attempt SELECT organization_id, attempt_id, purchase_id,
        endpoint_id, ${amount}, 'KES', now() FROM paying`);
    await query(`INSERT INTO payment (organization_id, id, attempt_id, purchase_id, provider,
        provider_reference, amount_minor, currency, status, received_at)
      SELECT organization_id, payment_id, attempt_id, purchase_id, 'practice', payment_id::text,
        ${amount}, 'KES', 'matched', now() FROM paying`);
    await query(`INSERT INTO outbox (organization_id, subject_id, kind, due_at)
      SELECT organization_id, purchase_id, 'purchase.vend', now() + interval '1 hour' FROM paying`);
    await query("ANALYZE");
    return query<PaidPurchase>(
      `SELECT organization_id AS "organizationId", purchase_id AS "purchaseId" FROM paying`,
    );
  });
}

/** The signer's entries for all that is reserved, as if it had signed it: for functions alone. */
export function journalAll(superuserUrl: string): Promise<unknown> {
  return asOwner(superuserUrl, (query) =>
    query(`INSERT INTO journal_entry (organization_id, chain, sequence, at, outcome, token_set_id,
        position, meter_id, vending_key_id, token_id_minutes, reservation, token_mac,
        previous_hash, hash)
      SELECT r.organization_id, 'bench ' || gen_random_uuid(), 1, now(), 'issued', r.token_set_id,
        r.position, r.meter_id, r.vending_key_id, r.token_id_minutes, '{}', '\\x00', '\\x00',
        '\\x00'
        FROM token_reservation r JOIN token_set s ON s.organization_id = r.organization_id
          AND s.id = r.token_set_id
        JOIN purchase p ON p.organization_id = s.organization_id AND p.id = s.purchase_id
          AND p.status = 'reserved'`),
  );
}

type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** Past policies and foreign keys' checks, with one connection. */
async function asOwner<T>(superuserUrl: string, work: (query: Query) => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString: superuserUrl, max: 1 });
  try {
    await pool.query("SET session_replication_role = replica");
    return await work(async <Row>(text: string, values: readonly unknown[] = []) => {
      const { rows } = await pool.query(text, [...values]);
      return rows as readonly Row[];
    });
  } finally {
    await pool.end();
  }
}
