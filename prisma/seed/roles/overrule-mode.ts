import { Client } from "pg";
import { testEnv } from "@/lib/platform";

/**
 * For database tests alone: overrules what is otherwise written once. Done as the owner of the
 * tables, for no process of the product can. Who has read the mode before keeps believing it.
 */
export async function overruleInstallationMode(mode: "practice" | "production"): Promise<void> {
  const client = new Client(testEnv().DATABASE_URL);
  await client.connect();
  try {
    await client.query("UPDATE installation_mode SET mode = $1", [mode]);
  } finally {
    await client.end();
  }
}
