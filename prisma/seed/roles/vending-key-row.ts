import { Client } from "pg";
import type { SystemScope } from "@/lib/access/shared";
import { newId, testEnv } from "@/lib/platform";

/**
 * For database tests without a signer: what the Key Management Centre says of a practice vending
 * key, and no key behind it. Gives its id. Written as the signer's role, the only one that may.
 */
export async function insertVendingKeyRow(scope: SystemScope, now: Date): Promise<string> {
  const id = newId();
  const client = new Client(testEnv().DATABASE_URL_SIGNER);
  await client.connect();
  try {
    await client.query(
      `INSERT INTO vending_key (organization_id, id, supply_group_code, key_revision_number,
         key_type, key_expiry_number, base_date_year, derivation, is_practice, active_from)
       VALUES ($1, $2, '100047', 1, 2, 255, 2014, 4, true, $3)`,
      [scope.organizationId, id, now],
    );
  } finally {
    await client.end();
  }
  return id;
}
