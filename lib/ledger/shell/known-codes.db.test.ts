import { Client } from "pg";
import { expect, it } from "vitest";
import { testEnv } from "@/lib/platform";
import { LEDGER_ACCOUNTS } from "../core/accounts";
import { LEDGER_REASONS } from "../core/reasons";

async function codesOf(name: string): Promise<readonly (string | undefined)[]> {
  const client = new Client({ connectionString: testEnv().DATABASE_URL });
  await client.connect();
  const sql = "SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = $1";
  const answer = await client.query<{ text: string }>(sql, [name]);
  await client.end();
  const text = answer.rows[0]?.text ?? "";
  return [...text.matchAll(/'([a-z_.-]+)'::text/g)].map((hit) => hit[1]).sort();
}

it("the database knows the same accounts as the code, on either side", async () => {
  const accounts = [...LEDGER_ACCOUNTS].sort();
  expect(await codesOf("ledger_transfer_debit_known")).toEqual(accounts);
  expect(await codesOf("ledger_transfer_credit_known")).toEqual(accounts);
});

it("the database knows the same reasons as the code", async () => {
  expect(await codesOf("ledger_transfer_reason_known")).toEqual([...LEDGER_REASONS].sort());
});
