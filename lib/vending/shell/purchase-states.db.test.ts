import { Client } from "pg";
import { expect, it } from "vitest";
import { testEnv } from "@/lib/platform";
import { LEGAL_TRANSITIONS, PURCHASE_STATUSES } from "../core/purchase-states";

async function wordsOf(name: string): Promise<string> {
  const client = new Client({ connectionString: testEnv().DATABASE_URL });
  await client.connect();
  const sql = "SELECT prosrc AS text FROM pg_proc WHERE proname = $1";
  const answer = await client.query<{ text: string }>(sql, [name]);
  await client.end();
  return answer.rows[0]?.text ?? "";
}

const quoted = (check: string) => [...check.matchAll(/'([a-z_>]+)'/g)].map((hit) => hit[1]);

it("the database refuses every transition that the table of states does not have", async () => {
  const pairs = quoted(await wordsOf("is_purchase_step"));
  const listed = LEGAL_TRANSITIONS.map(([from, to]) => `${from}>${to}`);
  expect(pairs.filter((word) => word?.includes(">") && word !== ">").sort()).toEqual(listed.sort());
});

it("the database knows the same states as the code", async () => {
  const states = quoted(await wordsOf("is_purchase_status"));
  expect(states.sort()).toEqual([...PURCHASE_STATUSES].sort());
});
