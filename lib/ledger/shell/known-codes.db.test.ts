import { Client } from "pg";
import { expect, it } from "vitest";
import { testEnv } from "@/lib/platform";
import { LEDGER_ACCOUNTS } from "../core/accounts";
import { LEDGER_REASONS } from "../core/reasons";

async function codesOf(name: string): Promise<readonly (string | undefined)[]> {
  const client = new Client({ connectionString: testEnv().DATABASE_URL });
  await client.connect();
  const sql = "SELECT prosrc AS text FROM pg_proc WHERE proname = $1";
  const answer = await client.query<{ text: string }>(sql, [name]);
  await client.end();
  const text = answer.rows[0]?.text ?? "";
  return [...text.matchAll(/'([a-z_.-]+)'/g)].map((hit) => hit[1]).sort();
}

it("the database knows the same accounts as the code", async () => {
  const accounts = [...LEDGER_ACCOUNTS].sort();
  expect(await codesOf("is_ledger_account")).toEqual(accounts);
});

it("the database knows the same reasons as the code", async () => {
  expect(await codesOf("is_ledger_reason")).toEqual([...LEDGER_REASONS].sort());
});
