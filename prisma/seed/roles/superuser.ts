import { Client } from "pg";

export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

export type HeldTable = { readonly letGo: () => Promise<void> };

/**
 * For the crash test alone: asks the embedded server as its superuser, who sees every row. Each
 * call has a connection of its own, for the server is killed under it; what fails then is thrown.
 */
export async function asSuperuser<T>(url: string, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await work(async (text, values) => (await client.query(text, [...(values ?? [])])).rows);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Keeps everybody from writing to a table, and lets them read, until it is let go. */
export async function holdTable(
  url: string,
  table: "journal_entry" | "meter_key_position" | "receipt_series",
): Promise<HeldTable> {
  const client = await connect(url);
  await client.query(`BEGIN; LOCK TABLE ${table} IN EXCLUSIVE MODE`);
  return { letGo: () => client.end() };
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Without a listener a server that is killed would end this process too.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
