import { Client } from "pg";

/**
 * For tests of a restore: databases of the test's server as whole copies of each other, as a backup
 * and its restore would be. Whoever is connected to either is thrown out.
 */
export async function copyDatabase(
  superuserUrl: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await atServer(superuserUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${to} WITH (FORCE)`);
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = $1 AND pid <> pg_backend_pid()`,
      [from],
    );
    const owner = await client.query<{ name: string }>(
      "SELECT pg_get_userbyid(datdba) AS name FROM pg_database WHERE datname = $1",
      [from],
    );
    const { name = "" } = owner.rows[0] ?? {};
    await client.query(`CREATE DATABASE ${to} TEMPLATE ${from} OWNER ${name}`);
  });
}

/** Removes a copy. */
export function dropDatabase(superuserUrl: string, name: string): Promise<void> {
  return atServer(superuserUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
}

async function atServer(
  superuserUrl: string,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const address = new URL(superuserUrl);
  address.pathname = "/postgres";
  const client = new Client(address.href);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
