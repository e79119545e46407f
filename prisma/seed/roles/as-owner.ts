import { Client } from "pg";
import { testEnv } from "@/lib/platform";

/**
 * For database tests that plant what no process of the product can write: one statement as the
 * owner of the table, with its row-level security lifted for this transaction alone.
 */
export async function writeAsOwner(
  table:
    | "api_request"
    | "meter"
    | "meter_key_position"
    | "meter_token"
    | "ledger_transfer"
    | "purchase"
    | "token_set"
    | "vending_key",
  text: string,
  values: readonly unknown[],
): Promise<void> {
  const client = new Client(testEnv().DATABASE_URL);
  await client.connect();
  try {
    await client.query(`BEGIN; ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    const written = await client.query(text, [...values]);
    await client.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY; COMMIT`);
    if (written.rowCount === 0) throw new Error("nothing was planted");
  } finally {
    // What was not committed is rolled back with the connection.
    await client.end();
  }
}
